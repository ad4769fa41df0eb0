package io.trailwarden.identity;

import org.jspecify.annotations.Nullable;

/// A text that must not end up in a log, an error or a page by accident.
public final class Secret {

    private final String text;

    /// Wraps `text`.
    public Secret(String text) {
        this.text = text;
    }

    /// The text itself, for the one place that needs it.
    public String reveal() {
        return text;
    }

    /// Two secrets are never equal, so that comparing cannot leak.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
