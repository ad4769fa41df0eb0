package io.trailwarden.event;

/// The three kinds of OTLP telemetry. The name in lower case is what the API and the database say.
public enum Signal {
    LOG,
    METRIC,
    SPAN;

    /// `log`, `metric` or `span`.
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
