package io.trailwarden.otlp;

/// Leaves a half-read message; never leaves the decoders, which turn it into a [Decoded].
///
/// Carries no stack trace, because hostile input decides how often one is thrown.
final class Undecodable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean tooLarge;

    private Undecodable(String detail, boolean tooLarge) {
        super(detail, null, false, false);
        this.tooLarge = tooLarge;
    }

    static Undecodable malformed(String detail) {
        return new Undecodable(detail, false);
    }

    static Undecodable tooLarge(String detail) {
        return new Undecodable(detail, true);
    }

    /// Whether the whole request is over a limit, rather than one place of it wrong.
    boolean isTooLarge() {
        return tooLarge;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Decoded asOutcome() {
        return tooLarge ? new Decoded.TooLarge(detail()) : new Decoded.Malformed(detail());
    }
}
