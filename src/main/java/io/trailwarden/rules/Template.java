package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Text with `{field}` in it, for titles and evidence. Values come from clients, so they are made safe to show.
///
/// Rendered in two steps, because a detector may know its facts (`{wait}`) only records later: [#render] puts in the
/// record's fields, [#fill] the facts.
///
/// @param parts texts and slots in order
record Template(List<Piece> parts) {

    private static final int LONGEST_VALUE = 120;
    private static final int LONGEST = 400;
    private static final int SHOWN_ELEMENTS = 3;
    private static final char BEGIN = '\u0001';
    private static final char ELSE = '\u0002';
    private static final char END = '\u0003';

    Template {
        parts = List.copyOf(parts);
    }

    /// A part of a template.
    sealed interface Piece {

        /// Text as it stands.
        record Words(String text) implements Piece {
        }

        /// The first of some fields that is there, else a fact, else words.
        record Slot(List<Integer> fields, @Nullable String fact, String words) implements Piece {
        }
    }

    /// Reads a template.
    ///
    /// @param facts what else than fields may be named
    static Template parse(YamlNode.Scalar written, Scope scope, Set<String> facts) {
        var parts = new ArrayList<Piece>();
        var words = new StringBuilder();
        var text = written.text();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '{' && text.startsWith("{{", i)) {
                words.append('{');
                i += 2;
            } else if (c == '{') {
                int close = text.indexOf('}', i);
                if (close < 0) {
                    throw new InvalidRule(written, "'{' is not closed in '" + text + "'; a literal brace is written '{{'");
                }
                parts.add(new Piece.Words(words.toString()));
                words.setLength(0);
                parts.add(slot(text.substring(i + 1, close), written, scope, facts));
                i = close + 1;
            } else {
                words.append(c);
                i++;
            }
        }
        parts.add(new Piece.Words(words.toString()));
        return new Template(parts);
    }

    private static Piece slot(String inside, YamlNode.Scalar at, Scope scope, Set<String> facts) {
        var alternatives = Arrays.asList(inside.split("\\|", -1));
        var fields = new ArrayList<Integer>();
        String fact = null;
        var words = "";
        for (int i = 0; i < alternatives.size(); i++) {
            var alternative = alternatives.get(i);
            if (facts.contains(alternative)) {
                fact = alternative;
            } else if (i > 0 && i == alternatives.size() - 1 && isWords(alternative, scope)) {
                words = alternative;
            } else {
                fields.add(scope.field(alternative, at));
            }
        }
        return new Piece.Slot(fields, fact, words);
    }

    private static boolean isWords(String alternative, Scope scope) {
        return !scope.fields().isKnown(alternative) && (alternative.contains(" ") || !alternative.matches(".*[._].*"));
    }

    /// Puts in what the record says; facts are left open.
    String render(Row row) {
        var out = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Piece.Words(var text) -> out.append(text);
                case Piece.Slot slot -> render(slot, row, out);
            }
        }
        return out.toString();
    }

    private static void render(Piece.Slot slot, Row row, StringBuilder out) {
        for (int field : slot.fields()) {
            var texts = row.raw(field);
            if (texts.length > 0) {
                out.append(shown(texts));
                return;
            }
        }
        if (slot.fact() == null) {
            out.append(slot.words());
        } else {
            out.append(BEGIN).append(slot.fact()).append(ELSE).append(slot.words()).append(END);
        }
    }

    private static String shown(String[] texts) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(texts.length, SHOWN_ELEMENTS); i++) {
            shown.append(i == 0 ? "" : ", ").append(safe(texts[i]));
        }
        return texts.length > SHOWN_ELEMENTS ? shown.append(" and ").append(texts.length - SHOWN_ELEMENTS).append(" more").toString() : shown.toString();
    }

    /// Nothing that moves a cursor, hides or turns text, and not too long.
    static String safe(String text) {
        var safe = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < text.length() && shown < LONGEST_VALUE; shown++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            safe.appendCodePoint(isPlain(c) ? c : ' ');
        }
        return shown == LONGEST_VALUE && text.codePointCount(0, text.length()) > LONGEST_VALUE ? safe.append('\u2026').toString() : safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Puts facts into what [#render] gave.
    static String fill(String rendered, Map<String, String> facts) {
        var out = new StringBuilder();
        int i = 0;
        while (i < rendered.length() && out.length() < LONGEST) {
            int begin = rendered.indexOf(BEGIN, i);
            if (begin < 0) {
                out.append(rendered, i, rendered.length());
                break;
            }
            int otherwise = rendered.indexOf(ELSE, begin);
            int end = rendered.indexOf(END, otherwise);
            var fact = facts.get(rendered.substring(begin + 1, otherwise));
            out.append(rendered, i, begin).append(fact == null ? rendered.substring(otherwise + 1, end) : safe(fact));
            i = end + 1;
        }
        if (out.length() > LONGEST) {
            out.setLength(LONGEST);
        }
        return out.toString();
    }
}
