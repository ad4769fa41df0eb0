package io.trailwarden.otlp;

/// A body as it came over the wire, made ready to decode.
sealed interface Unpacked {

    /// The plain bytes of a message.
    final class Body implements Unpacked {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /// Cannot be used; nothing is kept of it but a note when it was malformed.
    record Refused(Answer answer) implements Unpacked {
    }
}
