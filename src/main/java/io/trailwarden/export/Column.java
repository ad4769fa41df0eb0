package io.trailwarden.export;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One column of a list.
///
/// @param name as the REST interface calls it
/// @param cell what a row has there
record Column<T>(String name, Function<T, Cell> cell) {

    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /// What stands in one column of one row.
    sealed interface Cell {

        /// Somebody's words, not to be trusted.
        record Text(String text) implements Cell {
        }

        /// A number or a truth, as JSON has it.
        record Plain(String literal) implements Cell {
        }

        /// JSON of our own writing, an object.
        record Json(String object) implements Cell {
        }

        /// Nothing.
        record Nothing() implements Cell {
        }
    }

    static <T> Column<T> text(String name, Function<T, @Nullable String> text) {
        return new Column<>(name, row -> {
            var value = text.apply(row);
            return value == null ? new Cell.Nothing() : new Cell.Text(value);
        });
    }

    /// ISO 8601 in UTC.
    static <T> Column<T> time(String name, Function<T, @Nullable Instant> time) {
        return text(name, row -> {
            var at = time.apply(row);
            return at == null ? null : at.getNano() == 0 ? MILLISECONDS.format(at) : at.toString();
        });
    }

    static <T> Column<T> number(String name, Function<T, @Nullable Long> number) {
        return new Column<>(name, row -> {
            var value = number.apply(row);
            return value == null ? new Cell.Nothing() : new Cell.Plain(Long.toString(value));
        });
    }

    static <T> Column<T> truth(String name, Function<T, Boolean> truth) {
        return new Column<>(name, row -> new Cell.Plain(Boolean.toString(truth.apply(row))));
    }

    static <T> Column<T> json(String name, Function<T, String> object) {
        return new Column<>(name, row -> new Cell.Json(object.apply(row)));
    }
}
