package io.trailwarden.ops;

import java.io.IOException;
import java.io.UncheckedIOException;

/// The demo's policy file, for tests outside of this package.
public final class InventedPolicy {

    private InventedPolicy() {
    }

    public static String text() {
        try {
            return DemoPolicy.text();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
