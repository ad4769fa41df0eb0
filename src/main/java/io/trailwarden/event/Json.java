package io.trailwarden.event;

/// Values as JSON text that PostgreSQL's `jsonb` takes, whatever the client sent.
///
/// `jsonb` refuses NUL and lone surrogates and has no NaN: NUL is written as U+2400 and a lone surrogate as U+FFFD,
/// NaN and the infinities as texts. Numbers keep 64 bits.
public final class Json {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Json() {
    }

    /// `value` as JSON text.
    public static String write(Value value) {
        var out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    /// `attributes` as one JSON object, keys in the order sent.
    public static String write(Attributes attributes) {
        var out = new StringBuilder(256);
        append(out, attributes);
        return out.toString();
    }

    /// Appends `attributes` as one JSON object.
    public static void append(StringBuilder out, Attributes attributes) {
        out.append('{');
        var separator = "";
        for (var entry : attributes.asMap().entrySet()) {
            out.append(separator);
            appendText(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private static void append(StringBuilder out, Value value) {
        switch (value) {
            case Value.Text(var text) -> appendText(out, text);
            case Value.Int(var number) -> out.append(number);
            case Value.Real(var number) when Double.isFinite(number) -> out.append(number);
            case Value.Real(var number) -> appendText(out, Double.toString(number));
            case Value.Bool(var truth) -> out.append(truth);
            case Value.Binary(var hex) -> appendText(out, hex);
            case Value.Empty() -> out.append("null");
            case Value.KeyValues(var entries) -> append(out, entries);
            case Value.Array(var values) -> {
                out.append('[');
                var separator = "";
                for (var element : values) {
                    out.append(separator);
                    append(out, element);
                    separator = ",";
                }
                out.append(']');
            }
        }
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0 -> out.append('\u2400');
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                    } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        out.append(Character.isSurrogate(c) ? '\uFFFD' : c);
                    }
                }
            }
        }
        out.append('"');
    }
}
