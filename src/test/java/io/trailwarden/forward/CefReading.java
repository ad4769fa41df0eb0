package io.trailwarden.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A CEF:0 message read as its specification has it, by nothing of ours.
///
/// @param header the seven fields after `CEF:`, unescaped
/// @param extension keys and unescaped values, in order
record CefReading(List<String> header, Map<String, String> extension) {

    /// A key begins after a space, and ends at an `=` that no backslash escapes.
    private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9_.]+)=");

    static CefReading of(String message) {
        if (!message.startsWith("CEF:")) {
            throw new AssertionError("no CEF: " + message);
        }
        var header = new ArrayList<String>();
        var field = new StringBuilder();
        int at = "CEF:".length();
        while (header.size() < 7) {
            char c = message.charAt(at++);
            if (c == '|') {
                header.add(field.toString());
                field.setLength(0);
            } else if (c == '\\') {
                char escaped = message.charAt(at++);
                if (escaped != '|' && escaped != '\\') {
                    throw new AssertionError("the header escapes | and \\ only: " + message);
                }
                field.append(escaped);
            } else {
                field.append(c);
            }
        }
        return new CefReading(header, extension(message.substring(at)));
    }

    /// What `key` holds.
    String value(String key) {
        var value = extension.get(key);
        if (value == null) {
            throw new AssertionError("no " + key + " in " + extension.keySet());
        }
        return value;
    }

    private static Map<String, String> extension(String text) {
        var values = new LinkedHashMap<String, String>();
        Matcher key = KEY.matcher(text);
        boolean found = key.find();
        if (found && key.start() != 0) {
            throw new AssertionError("something stands before the first key: " + text);
        }
        while (found) {
            var name = key.group(1);
            int from = key.end();
            found = key.find();
            if (values.put(name, unescaped(text.substring(from, found ? key.start() : text.length()).stripTrailing())) != null) {
                throw new AssertionError("key " + name + " twice: " + text);
            }
        }
        return values;
    }

    private static String unescaped(String value) {
        var text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '=') {
                throw new AssertionError("= must be escaped: " + value);
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            text.append(switch (value.charAt(++i)) {
                case '\\' -> '\\';
                case '=' -> '=';
                case 'n' -> '\n';
                case 'r' -> '\r';
                default -> throw new AssertionError("unknown escape: " + value);
            });
        }
        return text.toString();
    }
}
