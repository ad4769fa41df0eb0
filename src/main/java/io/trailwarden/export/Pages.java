package io.trailwarden.export;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pages of a source that only knows "the page after this one", each read when it is asked for.
///
/// @param <T> a row
/// @param <C> what names the place where a page begins
final class Pages<T, C> implements Iterator<List<T>> {

    private final Function<@Nullable C, Page<T, C>> source;
    private @Nullable C next;
    private boolean more = true;

    /// @param next where the next one begins; null after the last
    record Page<T, C>(List<T> rows, @Nullable C next) {
    }

    Pages(Function<@Nullable C, Page<T, C>> source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public List<T> next() {
        if (!more) {
            throw new NoSuchElementException("that was the last page");
        }
        var page = source.apply(next);
        next = page.next();
        more = next != null;
        return page.rows();
    }
}
