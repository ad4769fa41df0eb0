package io.trailwarden.export;

import io.trailwarden.export.Column.Cell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/// Writes rows as a file, page by page: what is in memory is one page of rows and one line.
///
/// @param <T> a row
record Table<T>(List<Column<T>> columns) {

    Table {
        columns = List.copyOf(columns);
    }

    /// Where the source fails on the way, the last line says so, whatever becomes of the connection.
    ///
    /// @param most rows that are written
    void write(Format format, OutputStream to, int most, Iterator<List<T>> pages) throws IOException {
        var line = Line.of(format);
        var text = new StringBuilder();
        if (format == Format.CSV) {
            head(line, text);
            flush(text, to);
        }
        int left = most;
        try {
            while (left > 0 && pages.hasNext()) {
                var page = pages.next();
                for (var row : page.subList(0, Math.min(page.size(), left))) {
                    row(line, text, row);
                    flush(text, to);
                }
                left -= page.size();
                to.flush();
            }
        } catch (RuntimeException failed) {
            if (left < most) {
                text.setLength(0);
                line.cutShort(text);
                flush(text, to);
                to.flush();
            }
            throw failed;
        }
    }

    private void head(Line line, StringBuilder text) {
        line.begin(text);
        for (int place = 0; place < columns.size(); place++) {
            line.cell(text, place, "", new Cell.Text(columns.get(place).name()));
        }
        line.end(text);
    }

    private void row(Line line, StringBuilder text, T row) {
        line.begin(text);
        for (int place = 0; place < columns.size(); place++) {
            var column = columns.get(place);
            line.cell(text, place, column.name(), column.cell().apply(row));
        }
        line.end(text);
    }

    private static void flush(StringBuilder text, OutputStream to) throws IOException {
        to.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }
}
