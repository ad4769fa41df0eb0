package io.trailwarden.export;

import io.trailwarden.export.Column.Cell;

/// A row as a line of CSV: what has quotes is text, quotes in it are doubled, and there is no line break within.
///
/// A spreadsheet takes text that begins with `=`, `+`, `-`, `@`, a tab or a line break for a formula, quoted or not, and full-width
/// forms of these too. Such text gets an apostrophe before it, also where spaces or characters that show nothing come first.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
/// @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
final class CsvLine implements Line {

    private static final String BEGINS_FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String LINE_END = "\r\n";

    @Override
    public void begin(StringBuilder out) {
        // A line of CSV begins with its first field.
    }

    @Override
    public void cell(StringBuilder out, int place, String name, Cell cell) {
        if (place > 0) {
            out.append(',');
        }
        switch (cell) {
            case Cell.Text(var text) -> quoted(out, text);
            case Cell.Json(var object) -> quoted(out, object);
            case Cell.Plain(var literal) -> out.append(literal);
            case Cell.Nothing() -> {
            }
        }
    }

    @Override
    public void end(StringBuilder out) {
        out.append(LINE_END);
    }

    /// One field where there should be many, so that readers that count them stop too.
    @Override
    public void cutShort(StringBuilder out) {
        quoted(out, CUT_SHORT);
        end(out);
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        if (formula(text)) {
            out.append('\'');
        }
        text.codePoints().forEach(point -> {
            if (Acting.is(point)) {
                Acting.escape(out, point);
            } else if (point == '"') {
                out.append("\"\"");
            } else {
                out.appendCodePoint(point);
            }
        });
        out.append('"');
    }

    /// Whether somebody's spreadsheet could take `text` for a formula.
    private static boolean formula(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return first == '\t' || first == '\r' || first == '\n'
                || text.codePoints().dropWhile(point -> point == ' ' || Acting.is(point)).limit(1).anyMatch(point -> BEGINS_FORMULA.indexOf(point) >= 0);
    }
}
