package io.trailwarden.forward;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A message read as RFC 5424 has it, by nothing of ours, and strictly: what the grammar does not allow is an [AssertionError].
///
/// @param elements parameters of each structured element, by the element's name
/// @param bom whether the text was announced as UTF-8
record SyslogReading(int facility, int severity, String time, String host, String app, String process, String type,
        Map<String, Map<String, String>> elements, boolean bom, String text) {

    private static final Pattern HEADER = Pattern.compile("""
            <(0|[1-9]\\d{0,2})>1 \
            (-|\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d)) \
            ([\\x21-\\x7e]{1,255}) ([\\x21-\\x7e]{1,48}) ([\\x21-\\x7e]{1,128}) ([\\x21-\\x7e]{1,32})\s""");

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^=\\]\"]]{1,32}");

    static SyslogReading of(byte[] message) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
        } catch (CharacterCodingException broken) {
            throw new AssertionError("not UTF-8", broken);
        }
        var header = HEADER.matcher(text);
        check(header.lookingAt(), "header", text);
        int priority = Integer.parseInt(header.group(1));
        check(priority <= 191, "priority", text);
        var reader = new Reader(text, header.end());
        var elements = reader.elements();
        boolean ends = reader.at == text.length();
        check(ends || text.charAt(reader.at) == ' ', "a space before the text", text);
        var said = ends ? "" : text.substring(reader.at + 1);
        boolean bom = said.startsWith("\ufeff");
        return new SyslogReading(priority / 8, priority % 8, header.group(2), header.group(3), header.group(4), header.group(5), header.group(6), elements,
                bom, bom ? said.substring(1) : said);
    }

    /// Parameters of the only element, which must be ours.
    Map<String, String> parameters() {
        var ours = elements.get("trailwarden@32473");
        if (ours == null || elements.size() != 1) {
            throw new AssertionError("other elements than ours: " + elements.keySet());
        }
        return ours;
    }

    /// The id of the item.
    String id() {
        return String.valueOf(parameters().get("id"));
    }

    private static void check(boolean holds, String what, String text) {
        if (!holds) {
            throw new AssertionError("RFC 5424 wants another " + what + ": " + text.substring(0, Math.min(300, text.length())));
        }
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        Map<String, Map<String, String>> elements() {
            var elements = new LinkedHashMap<String, Map<String, String>>();
            if (text.charAt(at) == '-') {
                at++;
                return elements;
            }
            check(text.charAt(at) == '[', "structured data", text);
            while (at < text.length() && text.charAt(at) == '[') {
                at++;
                var name = name();
                var parameters = new LinkedHashMap<String, String>();
                while (text.charAt(at) == ' ') {
                    at++;
                    var key = name();
                    check(text.startsWith("=\"", at), "parameter", text);
                    at += 2;
                    parameters.put(key, value());
                }
                check(text.charAt(at) == ']', "end of an element", text);
                at++;
                check(elements.put(name, parameters) == null, "element, each but once", text);
            }
            return elements;
        }

        private String name() {
            var name = NAME.matcher(text).region(at, text.length());
            check(name.lookingAt(), "name", text);
            at = name.end();
            return name.group();
        }

        private String value() {
            var value = new StringBuilder();
            while (text.charAt(at) != '"') {
                char c = text.charAt(at++);
                check(c != ']', "value, ] is escaped", text);
                if (c == '\\' && "\"\\]".indexOf(text.charAt(at)) >= 0) {
                    c = text.charAt(at++);
                }
                value.append(c);
            }
            at++;
            return value.toString();
        }
    }
}
