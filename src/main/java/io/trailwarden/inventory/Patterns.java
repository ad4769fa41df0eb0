package io.trailwarden.inventory;

/// Values of policy lists as SQL compares them.
final class Patterns {

    private Patterns() {
    }

    /// The `like` pattern that finds what `written` finds in a rule: `*` and `?` are wildcards, a
    /// backslash before one of them or another backslash makes it itself.
    static String like(String written) {
        var like = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length() && "*?\\".indexOf(written.charAt(i + 1)) >= 0) {
                literal(like, written.charAt(++i));
            } else if (c == '*') {
                like.append('%');
            } else if (c == '?') {
                like.append('_');
            } else {
                literal(like, c);
            }
        }
        return like.toString();
    }

    /// The `like` pattern that finds `text` anywhere.
    static String within(String text) {
        var like = new StringBuilder("%");
        text.chars().forEach(c -> literal(like, (char) c));
        return like.append('%').toString();
    }

    private static void literal(StringBuilder like, char c) {
        if (c == '%' || c == '_' || c == '\\') {
            like.append('\\');
        }
        like.append(c);
    }
}
