package io.trailwarden.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows by their number, read from a source that only knows "the page after this one".
///
/// Keeps the rows read so far and where the next page begins, so that scrolling back asks nothing. A list that somebody
/// scrolls for hours holds what they saw; [#restart] lets go of it. For one thread at a time, as pages are.
///
/// @param <T> a row
/// @param <C> what names the place where a page begins
public final class CursorPages<T, C> {

    private final Function<@Nullable C, Slice<T, C>> source;
    private final List<T> rows = new ArrayList<>();
    private @Nullable C next;
    private boolean complete;

    /// Rows of `source`, none read yet.
    ///
    /// @param source reads the page that begins at a cursor; null is the first page
    public CursorPages(Function<@Nullable C, Slice<T, C>> source) {
        this.source = source;
    }

    /// One page of the source.
    ///
    /// @param next where the next one begins; null on the last
    public record Slice<T, C>(List<T> rows, @Nullable C next) {
        public Slice {
            rows = List.copyOf(rows);
        }
    }

    /// Up to `count` rows from row `from` on, reading as far as needed.
    public List<T> rows(int from, int count) {
        readTo(from + count);
        return from >= rows.size() ? List.of() : List.copyOf(rows.subList(from, Math.min(from + count, rows.size())));
    }

    /// Whether all rows are read.
    public boolean complete() {
        return complete;
    }

    /// How many rows are read.
    public int read() {
        return rows.size();
    }

    /// Forgets everything, so that the next question reads anew.
    public void restart() {
        rows.clear();
        next = null;
        complete = false;
    }

    private void readTo(int end) {
        while (rows.size() < end && !complete) {
            var slice = source.apply(next);
            rows.addAll(slice.rows());
            next = slice.next();
            complete = next == null;
        }
    }
}
