package io.trailwarden.export;

import io.trailwarden.export.Column.Cell;

/// A row as one JSON object on one line. What would act on a terminal is escaped, which JSON readers undo.
final class JsonLine implements Line {

    @Override
    public void begin(StringBuilder out) {
        out.append('{');
    }

    @Override
    public void cell(StringBuilder out, int place, String name, Cell cell) {
        if (place > 0) {
            out.append(',');
        }
        text(out, name);
        out.append(':');
        switch (cell) {
            case Cell.Text(var text) -> text(out, text);
            case Cell.Json(var object) -> inert(out, object);
            case Cell.Plain(var literal) -> out.append(literal);
            case Cell.Nothing() -> out.append("null");
        }
    }

    @Override
    public void end(StringBuilder out) {
        out.append("}\n");
    }

    @Override
    public void cutShort(StringBuilder out) {
        begin(out);
        cell(out, 0, "incomplete", new Cell.Text(CUT_SHORT));
        end(out);
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        text.codePoints().forEach(point -> {
            if (Acting.is(point)) {
                Acting.escape(out, point);
            } else {
                if (point == '"' || point == '\\') {
                    out.append('\\');
                }
                out.appendCodePoint(point);
            }
        });
        out.append('"');
    }

    /// In JSON that is written already, what acts can only stand inside texts.
    private static void inert(StringBuilder out, String object) {
        object.codePoints().forEach(point -> {
            if (Acting.is(point)) {
                Acting.escape(out, point);
            } else {
                out.appendCodePoint(point);
            }
        });
    }
}
