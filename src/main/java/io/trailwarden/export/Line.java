package io.trailwarden.export;

import io.trailwarden.export.Column.Cell;

/// How one row is written in a [Format].
interface Line {

    /// For rows of `format`.
    static Line of(Format format) {
        return switch (format) {
            case CSV -> new CsvLine();
            case JSON_LINES -> new JsonLine();
        };
    }

    void begin(StringBuilder out);

    /// @param place of the column, from 0
    void cell(StringBuilder out, int place, String name, Cell cell);

    void end(StringBuilder out);
}
