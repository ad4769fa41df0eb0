package io.trailwarden.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What stands where a secret was: `[redacted:<kind>:<tag>]`.
///
/// The tag is the beginning of a keyed digest, so that two uses of one secret can be seen to be the same by who holds the
/// trail, and the secret cannot be guessed from it by who does not hold the key. Without a key there is no tag.
final class Marker {

    private static final String OPEN = "[redacted:";

    private static final int TAG_DIGITS = 6;

    private static final int PERSON_DIGITS = 12;

    private final Set<String> kinds;
    private final @Nullable SecretKeySpec key;

    /// @param kinds all that may occur; text that merely looks like a marker protects nothing
    /// @param key of HMAC-SHA-256, or null for no tags
    Marker(Collection<String> kinds, byte @Nullable [] key) {
        this.kinds = Set.copyOf(kinds);
        this.key = key == null ? null : new SecretKeySpec(key, "HmacSHA256");
    }

    /// The marker for `secret`.
    String of(String kind, String secret) {
        return key == null ? OPEN + kind + "]" : OPEN + kind + ":" + digest(key, secret, TAG_DIGITS) + "]";
    }

    /// A name that stands for the person called `address` and for nobody else.
    ///
    /// @throws IllegalStateException without a key
    String person(String address) {
        if (key == null) {
            throw new IllegalStateException("people can only be hashed with a key");
        }
        return isPerson(address) ? address : "[person:" + digest(key, "person:" + address, PERSON_DIGITS) + "]";
    }

    /// Whether `text` is what [#person] gives.
    private static boolean isPerson(String text) {
        return text.length() == "[person:]".length() + PERSON_DIGITS && text.startsWith("[person:") && text.endsWith("]")
                && isHex(text, "[person:".length(), text.length() - 1);
    }

    /// The end of the marker that begins at `begin` in `text`, or -1 when none does.
    int endOf(String text, int begin) {
        if (!text.startsWith(OPEN, begin)) {
            return -1;
        }
        int close = text.indexOf(']', begin);
        if (close < 0 || close - begin > 64) {
            return -1;
        }
        int kindEnd = text.indexOf(':', begin + OPEN.length());
        if (kindEnd < 0 || kindEnd > close) {
            kindEnd = close;
        }
        boolean tagged = kindEnd == close || close - kindEnd - 1 == TAG_DIGITS && isHex(text, kindEnd + 1, close);
        return tagged && kinds.contains(text.substring(begin + OPEN.length(), kindEnd)) ? close + 1 : -1;
    }

    /// Whether a marker lies within or across `from` to `to`.
    boolean touches(String text, int from, int to) {
        for (int at = text.indexOf(OPEN, Math.max(0, from - 64)); at >= 0 && at < to; at = text.indexOf(OPEN, at + 1)) {
            if (endOf(text, at) > from) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static String digest(SecretKeySpec key, String text, int digits) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).substring(0, digits);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has HmacSHA256", impossible);
        }
    }
}
