package io.trailwarden.dialect.shell;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Works out what literal text becomes in the programs that people hide commands with.
final class Decoding {

    private Decoding() {
    }

    static @Nullable String base64(String text) {
        try {
            var bytes = Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return text(bytes);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Plain hexadecimal as `xxd -r -p` reads it.
    static @Nullable String hex(String text) {
        var digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) >= 0 && c < 128) {
                digits.append(c);
            } else if (!Character.isWhitespace(c)) {
                return null;
            }
        }
        var bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits, 2 * i, 2 * i + 2, 16);
        }
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', ' ');
    }

    /// What `echo` prints.
    static String echo(List<Value> words) {
        int from = 1;
        boolean escapes = false;
        boolean newline = true;
        while (from < words.size() && words.get(from).text().matches("-[neE]+")) {
            var options = words.get(from++).text();
            newline &= options.indexOf('n') < 0;
            escapes |= options.indexOf('e') >= 0;
        }
        var text = Value.join(words.subList(from, words.size())).text();
        return (escapes ? Escapes.printed(text) : text) + (newline ? "\n" : "");
    }

    /// What `printf` prints, for the conversions `%s`, `%b`, `%d` and `%%`; null for others. The format is used again
    /// while arguments are left.
    static @Nullable String printf(List<Value> words, Budget budget) {
        int at = words.size() > 1 && words.get(1).text().equals("--") ? 2 : 1;
        if (at >= words.size() || words.get(at).startsWith("-v")) {
            return null;
        }
        var format = Escapes.printed(words.get(at++).text());
        var text = new StringBuilder();
        int before;
        do {
            before = at;
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (c != '%') {
                    text.append(c);
                    continue;
                }
                char conversion = ++i < format.length() ? format.charAt(i) : '?';
                var argument = conversion != '%' && at < words.size() ? words.get(at++).text() : "";
                switch (conversion) {
                    case '%' -> text.append('%');
                    case 's', 'd' -> text.append(argument);
                    case 'b' -> text.append(Escapes.printed(argument));
                    default -> {
                        return null;
                    }
                }
            }
            if (!budget.spend(format.length() + 1) || text.length() > Budget.MAX_VALUE) {
                return null;
            }
        } while (at < words.size() && at > before);
        return text.toString();
    }

    static String rot13(String text) {
        var turned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char base = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
            turned.append(base == 0 ? c : (char) (base + (c - base + 13) % 26));
        }
        return turned.toString();
    }
}
