package io.trailwarden.export;

import io.trailwarden.export.Column.Cell;

/// How one row is written in a [Format].
interface Line {

    /// What stands in the last line of a file that is not whole.
    String CUT_SHORT = "This file is not whole: the database stopped answering.";

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

    /// A line that is no row: what was to follow could not be read.
    void cutShort(StringBuilder out);
}
