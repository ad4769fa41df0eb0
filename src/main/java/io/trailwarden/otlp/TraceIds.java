package io.trailwarden.otlp;

import java.util.HexFormat;
import java.util.Locale;

/// Trace and span ids as lower-case hexadecimal, empty when they say "not correlated".
final class TraceIds {

    static final int TRACE_BYTES = 16;
    static final int SPAN_BYTES = 8;

    private static final HexFormat HEX = HexFormat.of();

    private TraceIds() {
    }

    /// The id in `bytes` from `from` to `to`; empty when it is not `wanted` bytes long or all zero.
    static String of(byte[] bytes, int from, int to, int wanted) {
        if (to - from != wanted) {
            return "";
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return HEX.formatHex(bytes, from, to);
            }
        }
        return "";
    }

    /// The id spelled by `text`; empty when that is not `wanted` bytes in hexadecimal of either case, or all zero.
    static String of(String text, int wanted) {
        if (text.length() != 2 * wanted || !text.chars().allMatch(HexFormat::isHexDigit)) {
            return "";
        }
        return text.chars().allMatch(c -> c == '0') ? "" : text.toLowerCase(Locale.ROOT);
    }
}
