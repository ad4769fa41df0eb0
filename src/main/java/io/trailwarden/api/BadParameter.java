package io.trailwarden.api;

/// A parameter that cannot be answered to.
final class BadParameter extends RuntimeException {

    /// A longer one is cut in the answer: whoever sent it knows it, and logs need not hold it.
    private static final int LONGEST_SHOWN = 100;

    private final String parameter;
    private final String value;
    private final String accepted;

    BadParameter(String parameter, String value, String accepted) {
        super("%s must be %s".formatted(parameter, accepted));
        this.parameter = parameter;
        this.value = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value;
        this.accepted = accepted;
    }

    Problem problem() {
        return new Problem("Bad parameter", 400, "%s must be %s, got '%s'".formatted(parameter, accepted, value), parameter, value, accepted);
    }
}
