package io.trailwarden.store;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL makes of texts, done beforehand, so that what followers are handed is what a query returns.
final class Storable {

    private Storable() {
    }

    /// `text` with NUL as U+2400 and lone surrogates as U+FFFD; the same object when it has none.
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return mended(text);
            }
        }
        return text;
    }

    /// [#text], null staying null.
    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    /// `origin` as it is read back.
    static Origin origin(Origin origin) {
        return new Origin(text(origin.principal()), text(origin.person()), orNull(origin.session()), attributes(origin.resource()),
                text(origin.scopeName()), text(origin.scopeVersion()), attributes(origin.common()));
    }

    /// `attributes` as they are read back.
    static Attributes attributes(Attributes attributes) {
        return StoredJson.read(json(attributes));
    }

    /// `attributes` as the text of a `jsonb`.
    static String json(Attributes attributes) {
        var out = new CopyBuffer();
        StoredJson.write(out, attributes);
        return out.fieldFrom(0);
    }

    /// The first 128 bits of SHA-256 over `parts`, each with its length.
    static UUID hash(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(java.nio.ByteBuffer.allocate(4).putInt(0, part.length));
                digest.update(part);
            }
            var bytes = java.nio.ByteBuffer.wrap(digest.digest());
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /// [#hash] of one text.
    static UUID hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String mended(String text) {
        var mended = new StringBuilder(text.length());
        text.codePoints().forEach(c -> mended.appendCodePoint(c == 0 ? 0x2400 : c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return mended.toString();
    }
}
