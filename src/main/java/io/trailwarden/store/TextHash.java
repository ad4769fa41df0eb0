package io.trailwarden.store;

import java.util.UUID;

/// The key by which tables find texts that may be too long for an index: the first 128 bits of a SHA-256.
public final class TextHash {

    private TextHash() {
    }

    /// The hash of `text`, as `person.hash` and `session.hash` have it.
    public static UUID of(String text) {
        return Storable.hash(Storable.text(text));
    }
}
