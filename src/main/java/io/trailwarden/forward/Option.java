package io.trailwarden.forward;

import java.util.List;

/// One thing that can be set for a destination: `trailwarden.forward.<destination>.<name>`.
///
/// @param name in lower case with dashes, such as `ca-file`
/// @param takes what is accepted
/// @param standard the value when nothing is set; empty for none
/// @param required whether something must be set
/// @param meaning one sentence: unit and effect
record Option(String name, Takes takes, String standard, boolean required, String meaning) {

    /// Something that must be set.
    public static Option required(String name, Takes takes, String meaning) {
        return new Option(name, takes, "", true, meaning);
    }

    /// Something that may be left as it is.
    ///
    /// @param standard the value when nothing is set; empty for none
    public static Option optional(String name, Takes takes, String standard, String meaning) {
        return new Option(name, takes, standard, false, meaning);
    }

    /// What a value may be.
    public sealed interface Takes {

        /// Whether `value` will do.
        boolean takes(String value);

        /// What will do, in words: `true or false`.
        String accepts();

        /// Any text without control characters.
        record Text() implements Takes {
            @Override
            public boolean takes(String value) {
                return value.chars().noneMatch(Character::isISOControl);
            }

            @Override
            public String accepts() {
                return "a text";
            }
        }

        /// A text that is read from an environment variable, or from the file that the option called `<name>-file` names (which
        /// comes with it and need not be declared), and from nowhere else.
        record Secret() implements Takes {
            @Override
            public boolean takes(String value) {
                return !value.isBlank() && value.chars().noneMatch(Character::isISOControl);
            }

            @Override
            public String accepts() {
                return "a text without control characters";
            }
        }

        /// A whole number.
        record Number(int from, int to) implements Takes {
            @Override
            public boolean takes(String value) {
                if (!value.matches("\\d{1,9}")) {
                    return false;
                }
                int number = Integer.parseInt(value);
                return number >= from && number <= to;
            }

            @Override
            public String accepts() {
                return "a whole number from " + from + " to " + to;
            }
        }

        /// `true` or `false`.
        record Flag() implements Takes {
            @Override
            public boolean takes(String value) {
                return value.equals("true") || value.equals("false");
            }

            @Override
            public String accepts() {
                return "true or false";
            }
        }

        /// One of a few words.
        record OneOf(List<String> words) implements Takes {
            public OneOf {
                words = List.copyOf(words);
            }

            /// One of `words`.
            public static OneOf of(String... words) {
                return new OneOf(List.of(words));
            }

            @Override
            public boolean takes(String value) {
                return words.contains(value);
            }

            @Override
            public String accepts() {
                return words.size() == 1 ? words.getFirst()
                        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
            }
        }

        /// A path of a file that can be read.
        record ReadableFile() implements Takes {
            @Override
            public boolean takes(String value) {
                return value.indexOf('\0') < 0 && java.nio.file.Files.isReadable(java.nio.file.Path.of(value));
            }

            @Override
            public String accepts() {
                return "a file that this user may read";
            }
        }

        /// An address to post to. Without user, password, fragment; `http` needs the option `allow-http`.
        record Url() implements Takes {
            @Override
            public boolean takes(String value) {
                try {
                    var uri = new java.net.URI(value);
                    return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
                            && uri.getUserInfo() == null && uri.getFragment() == null;
                } catch (java.net.URISyntaxException no) {
                    return false;
                }
            }

            @Override
            public String accepts() {
                return "a URL such as https://siem.example/path, without user and password";
            }
        }

        /// A host name or an IP address.
        record Host() implements Takes {
            @Override
            public boolean takes(String value) {
                return value.matches("[A-Za-z0-9._:-]{1,253}");
            }

            @Override
            public String accepts() {
                return "a host name or an IP address";
            }
        }

        /// Words parted by commas, `*` standing for anything: `tool_*, permission_mode_changed`.
        record Patterns() implements Takes {
            @Override
            public boolean takes(String value) {
                return value.matches("[^,\\p{Cntrl}]{1,256}(,[^,\\p{Cntrl}]{1,256})*");
            }

            @Override
            public String accepts() {
                return "names parted by commas, * for anything";
            }
        }
    }
}
