package io.trailwarden.ops;

/// One thing an operator may set, as a property or as an environment variable.
///
/// @param key property name, such as `trailwarden.data-dir`
/// @param kind what is accepted
/// @param standard the value when nothing is set; empty for none
/// @param meaning one sentence: unit and effect
record Setting(String key, Kind kind, String standard, String meaning) {

    /// `trailwarden.data-dir` as `TRAILWARDEN_DATA_DIR`.
    String environmentName() {
        return key.replaceAll("[.-]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    /// What a value may be. `accepts` is how the error says it.
    enum Kind {
        TEXT("any text"),
        SECRET("any text"),
        PATH("a path"),
        PORT("a port from 1 to 65535, or 0 for a free one"),
        ADDRESS("an IP address or a host name of this machine"),
        JDBC("a URL such as jdbc:postgresql://host:5432/trailwarden"),
        ENDPOINT("a URL such as https://telemetry.example.com"),
        BOOLEAN("true or false"),
        COUNT("a whole number from 1 to 1000000000"),
        DURATION("a duration such as 250ms, 5s, 10m, 2h"),
        SIZE("a size such as 512K, 64M, 8G"),
        TEXT_POLICY("keep, mask or drop"),
        EMAIL_POLICY("keep or hash");

        private final String accepts;

        Kind(String accepts) {
            this.accepts = accepts;
        }

        String accepts() {
            return accepts;
        }

        boolean takes(String value) {
            return switch (this) {
                case TEXT, SECRET -> true;
                case PATH, ADDRESS -> !value.isBlank() && value.indexOf('\0') < 0;
                case PORT -> value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535;
                case JDBC -> value.startsWith("jdbc:postgresql:");
                case ENDPOINT -> value.matches("(?i)https?://[^\\s/?#@]+(/[^\\s?#]*)?");
                case BOOLEAN -> value.equals("true") || value.equals("false");
                case COUNT -> value.matches("[1-9]\\d{0,8}|1000000000");
                case DURATION -> value.matches("(?i)\\d{1,9}(ms|s|m|h|d)?|P[0-9DTHMS.]+");
                case SIZE -> value.matches("(?i)\\d{1,12}[KMGT]?");
                case TEXT_POLICY -> value.matches("keep|mask|drop");
                case EMAIL_POLICY -> value.matches("keep|hash");
            };
        }
    }
}
