package io.trailwarden.forward;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// How much of an item's text is kept, so that a message fits where it is sent and stays a whole message.
///
/// A message cut at a byte is no JSON any more, so texts are shortened and the message is written again. The longest texts go first;
/// fields are left out only when short texts alone are too many.
///
/// @param text most characters of one text
/// @param fields most fields beside those that every message has; ids are among these, and never cut
record Cut(int text, int fields) {

    /// Keeps everything.
    static final Cut NONE = new Cut(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final int LONGEST = 16_384;
    private static final int SHORTEST = 64;
    private static final int LAST_RESORT = 12;
    private static final int FEWEST_TRIED = 128;

    /// What `writer` writes, in UTF-8, with as much text as fits into `most` bytes. When not even the least does, that is
    /// returned, and is too large.
    static byte[] toFit(int most, Function<Cut, String> writer) {
        var written = utf8(writer, NONE);
        for (int text = LONGEST; written.length > most && text >= SHORTEST; text /= 2) {
            written = utf8(writer, new Cut(text, Integer.MAX_VALUE));
        }
        for (int fields = FEWEST_TRIED; written.length > most && fields > 0; fields /= 2) {
            written = utf8(writer, new Cut(SHORTEST, fields));
        }
        return written.length > most ? utf8(writer, new Cut(LAST_RESORT, 0)) : written;
    }

    private static byte[] utf8(Function<Cut, String> writer, Cut cut) {
        return writer.apply(cut).getBytes(StandardCharsets.UTF_8);
    }

    /// Whether anything may be missing.
    boolean cuts() {
        return !equals(NONE);
    }

    /// `value`, or its beginning and how long it was.
    String of(String value) {
        return to(text, value);
    }

    /// `value`, or as much of its beginning as leaves room to say how long it was, if there is any, within `most` UTF-16 units.
    static String to(int most, String value) {
        if (value.length() <= most) {
            return value;
        }
        var said = "[cut, " + value.length() + " characters]";
        var marker = said.length() < most ? said : "";
        int end = most - marker.length();
        if (end > 0 && Character.isHighSurrogate(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(0, end) + marker;
    }
}
