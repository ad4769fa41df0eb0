package io.trailwarden.forward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message of ArcSight's Common Event Format, version 0, which Microsoft Sentinel, QRadar and others read too.
///
/// Keys are those of its dictionary, each with the length that it allows. In the header `\` and `|` are escaped, in values
/// `\` and `=`, and a line break is `\n` or `\r`; whatever else acts instead of showing something is written by name.
final class Cef {

    private static final int VENDOR = 63;
    private static final int PRODUCT = 63;
    private static final int VERSION = 31;
    private static final int SIGNATURE = 1023;
    private static final int NAME = 512;

    private final String header;
    private final Map<String, String> extension = new LinkedHashMap<>();
    private final Cut cut;

    /// @param version of this program
    /// @param signature what kind of event: a rule, or the name of a record
    /// @param name the same in words
    /// @param severity 0 (least) to 10
    Cef(String version, String signature, String name, int severity, Cut cut) {
        if (severity < 0 || severity > 10) {
            throw new IllegalArgumentException("severity must be from 0 to 10, got " + severity);
        }
        this.cut = cut;
        header = "CEF:0|" + header("Trailwarden", VENDOR) + '|' + header("Trailwarden", PRODUCT) + '|' + header(version, VERSION) + '|'
                + header(signature, SIGNATURE) + '|' + header(name, NAME) + '|' + severity + '|';
    }

    /// Keys that we use, and the most characters that the dictionary gives each.
    enum Key {
        rt(20), start(20), end(20), externalId(40), cat(1023), act(63), outcome(63), reason(1023), msg(1023), suser(1023), suid(1023), app(31),
        dhost(1023), request(1023), requestClientApplication(1023), fname(1023), filePath(1023), sproc(1023), sourceServiceName(1023),
        dvchost(100), cn1(20), cn2(20), cn3(20), cs1(4000), cs2(4000), cs3(4000), cs4(4000), cs5(4000), cs6(4000), cn1Label(1023),
        cn2Label(1023), cn3Label(1023), cs1Label(1023), cs2Label(1023), cs3Label(1023), cs4Label(1023), cs5Label(1023), cs6Label(1023);

        private final int longest;

        Key(int longest) {
            this.longest = longest;
        }

        int longest() {
            return longest;
        }
    }

    /// Adds `value`, unless there is none.
    Cef put(Key key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            extension.put(key.name(), value(value, key.longest));
        }
        return this;
    }

    /// Adds a whole number, or a time in milliseconds since 1970.
    Cef put(Key key, long number) {
        return put(key, Long.toString(number));
    }

    /// Adds one of the six texts and three numbers that name themselves, unless there is no value.
    ///
    /// @param key `cs1` to `cs6` or `cn1` to `cn3`
    Cef put(Key key, String label, @Nullable String value) {
        return value == null || value.isEmpty() ? this : put(key, value).put(Key.valueOf(key.name() + "Label"), label);
    }

    /// The message on one line.
    String write() {
        var out = new StringBuilder(header);
        var separator = "";
        for (var entry : extension.entrySet()) {
            out.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = " ";
        }
        return out.toString();
    }

    private String header(String text, int longest) {
        return escaped(Cut.to(longest, cut.of(Printable.of(text))), "|", false);
    }

    /// Readers take spaces at either end for a separator, so these are shown.
    private String value(String text, int longest) {
        var bounded = Cut.to(longest, cut.of(broken(text)));
        int first = 0;
        int last = bounded.length();
        while (first < last && bounded.charAt(first) == ' ') {
            first++;
        }
        while (last > first && bounded.charAt(last - 1) == ' ') {
            last--;
        }
        return "\u2420".repeat(first) + escaped(bounded.substring(first, last), "=", true) + "\u2420".repeat(bounded.length() - last);
    }

    /// All but line breaks by name.
    private static String broken(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || !Printable.acts(point)) {
                out.appendCodePoint(point);
            } else {
                Printable.appendName(out, point);
            }
        });
        return out.toString();
    }

    private static String escaped(String text, String special, boolean breaks) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (breaks && point == '\n') {
                out.append("\\n");
            } else if (breaks && point == '\r') {
                out.append("\\r");
            } else if (point == '\\' || special.indexOf(point) >= 0) {
                out.append('\\').appendCodePoint(point);
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
