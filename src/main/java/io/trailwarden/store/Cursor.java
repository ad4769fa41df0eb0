package io.trailwarden.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/// Where a page of a list ended: the sort key of its last item, opaque to whoever carries it.
///
/// @param micros time, microseconds since 1970
/// @param number what decides among equal times
record Cursor(long micros, long number) {

    static Cursor of(Instant time, long number) {
        return new Cursor(time.getEpochSecond() * 1_000_000 + time.getNano() / 1000, number);
    }

    /// Reads [#text].
    ///
    /// @throws IllegalArgumentException when nobody was ever handed `text`
    static Cursor parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == 16) {
                var numbers = ByteBuffer.wrap(bytes);
                return new Cursor(numbers.getLong(), numbers.getLong());
            }
        } catch (IllegalArgumentException _) {
            // Said below, for both.
        }
        throw new IllegalArgumentException("cursor must be the 'next' of the page before, got one of " + text.length() + " characters");
    }

    /// For a URL, without escapes.
    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ByteBuffer.allocate(16).putLong(micros).putLong(number).array());
    }

    Instant time() {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }
}
