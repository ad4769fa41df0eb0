package io.trailwarden.dashboard.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A rule's YAML told apart into keys, texts, numbers and comments, for the eye. Knows a little of YAML and needs no more:
/// what it takes for plain is shown all the same.
final class SourceText {

    private static final Pattern KEY = Pattern.compile("(\\s*(?:- )*)([A-Za-z0-9_.|-]+)(:)(?=\\s|$)");
    private static final Pattern TOKEN = Pattern.compile("(?<comment>(?:^|(?<=\\s))#.*$)|(?<text>'(?:[^']|'')*'|\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<number>(?<![\\w.-])(?:\\d+(?:\\.\\d+)*[smhd]?|true|false|null)(?![\\w.-]))|(?<key>(?<=[{,] ?)[A-Za-z0-9_.|-]+(?=:\\s))");

    private SourceText() {
    }

    /// A stretch of a line.
    ///
    /// @param style class of its colour; empty for none
    record Piece(String text, String style) {
    }

    /// The pieces of `line`, which put together give it back.
    static List<Piece> pieces(String line) {
        var pieces = new ArrayList<Piece>();
        var key = KEY.matcher(line);
        int at = 0;
        if (key.lookingAt()) {
            add(pieces, key.group(1), "");
            add(pieces, key.group(2) + key.group(3), "k");
            at = key.end();
        }
        var token = TOKEN.matcher(line).region(at, line.length()).useTransparentBounds(true).useAnchoringBounds(false);
        while (token.find()) {
            add(pieces, line.substring(at, token.start()), "");
            add(pieces, token.group(), token.group("comment") != null ? "co" : token.group("text") != null ? "st" : token.group("number") != null ? "nu" : "k");
            at = token.end();
        }
        add(pieces, line.substring(at), "");
        return pieces;
    }

    private static void add(List<Piece> pieces, String text, String style) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, style));
        }
    }

    /// The lines of `source` up to its tests.
    static List<String> withoutTests(String source) {
        var lines = source.stripTrailing().lines().toList();
        int tests = lines.indexOf("tests:");
        return tests < 0 || lines.subList(tests, lines.size()).contains("---") ? lines : lines.subList(0, tests);
    }
}
