package io.trailwarden.export;

import java.util.ArrayList;
import java.util.List;

/// Reads RFC 4180 to the letter: lines end in CRLF, a quote within quotes is doubled, nothing follows a closing quote but a
/// comma or the end of the line, and every line has as many fields as the first.
final class StrictCsv {

    private final String text;
    private int at;

    private StrictCsv(String text) {
        this.text = text;
    }

    static List<List<String>> read(String text) {
        return new StrictCsv(text).lines();
    }

    private List<List<String>> lines() {
        var lines = new ArrayList<List<String>>();
        while (at < text.length()) {
            var line = line();
            if (!lines.isEmpty() && line.size() != lines.getFirst().size()) {
                throw new AssertionError("line %d has %d fields, the first has %d".formatted(lines.size() + 1, line.size(), lines.getFirst().size()));
            }
            lines.add(line);
        }
        return lines;
    }

    private List<String> line() {
        var fields = new ArrayList<String>();
        while (true) {
            fields.add(next() == '"' ? quoted() : plain());
            switch (next()) {
                case ',' -> at++;
                case '\r' -> {
                    if (at + 1 >= text.length() || text.charAt(at + 1) != '\n') {
                        throw new AssertionError("CR without LF at " + at);
                    }
                    at += 2;
                    return fields;
                }
                default -> throw new AssertionError("'" + next() + "' at " + at + " where a field ends");
            }
        }
    }

    private char next() {
        if (at >= text.length()) {
            throw new AssertionError("the text ends within a line");
        }
        return text.charAt(at);
    }

    private String quoted() {
        var field = new StringBuilder();
        for (at++;; at++) {
            if (next() != '"') {
                field.append(next());
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else {
                at++;
                return field.toString();
            }
        }
    }

    private String plain() {
        int from = at;
        while (next() != ',' && next() != '\r') {
            if (next() == '"' || next() == '\n') {
                throw new AssertionError("'" + next() + "' at " + at + " in a field without quotes");
            }
            at++;
        }
        return text.substring(from, at);
    }
}
