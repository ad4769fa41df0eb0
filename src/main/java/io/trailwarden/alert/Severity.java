package io.trailwarden.alert;

import java.util.Locale;

/// How much an alert matters; Sigma's levels, mildest first.
public enum Severity {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /// One step milder; the mildest stays.
    public Severity lowered() {
        return values()[Math.max(0, ordinal() - 1)];
    }

    /// `informational` to `critical`, as Sigma, the API and the database say it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads [#wireName].
    ///
    /// @throws IllegalArgumentException for anything else
    public static Severity of(String wireName) {
        for (var severity : values()) {
            if (severity.wireName().equals(wireName)) {
                return severity;
            }
        }
        throw new IllegalArgumentException(
                "severity must be informational, low, medium, high or critical, got '" + wireName + "'");
    }
}
