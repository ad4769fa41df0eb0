package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.Rows;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows of the queue, with a cursor and a selection, which are two things: the cursor is where the keys work, the
/// selection is what is worked on together. Rows keep their place, whatever becomes of their alerts.
final class Queue {

    /// Scrolls only when the cursor would leave what is seen and there is more: a place that is no number, or that no row
    /// has, keeps the grid busy for ever.
    private static final String SHOW = """
            const first = this._firstVisibleIndex, last = this._lastVisibleIndex;
            if (Number.isInteger(first) && Number.isInteger(last) && last > first) {
              if ($0 <= first && first > 0) { this.scrollToIndex(Math.max(0, $0 - 1)); }
              if ($0 >= last && last + 1 < this._flatSize) { this.scrollToIndex(Math.min(first + 1 + $0 - last, $0)); }
            }""";

    private final CursorPages<QueueRow, AlertKey> pages;
    private final Rows<QueueRow> list;
    private final Runnable changed;
    private int cursor = -1;

    /// Shows `pages`, of which the first is read.
    ///
    /// @param changed called when the cursor or the selection is another
    Queue(CursorPages<QueueRow, AlertKey> pages, LitRenderer<QueueRow> row, Runnable silent, Runnable changed) {
        this.pages = pages;
        this.changed = changed;
        list = new Rows<>("alerts", pages, row, silent, "", "severity", "what happened", "person", "records", "age", "owner", "state");
    }

    Rows<QueueRow> list() {
        return list;
    }

    /// Puts the cursor on the row of `key`, if it is among those read; else on the first.
    void startAt(@Nullable AlertKey key) {
        var read = pages.rows(0, pages.read());
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).key().equals(key)) {
                put(i);
                return;
            }
        }
        put(0);
    }

    /// Moves the cursor by `rows`, reading on where needed; stays where the list ends.
    void move(int rows) {
        put(Math.max(0, cursor + rows));
    }

    void point(QueueRow row) {
        int at = pages.rows(0, pages.read()).indexOf(row);
        if (at >= 0) {
            put(at);
        }
    }

    private void put(int at) {
        var there = pages.rows(at, 1);
        if (there.isEmpty() || at == cursor) {
            return;
        }
        var before = cursor < 0 ? List.<QueueRow>of() : pages.rows(cursor, 1);
        before.forEach(row -> row.current(false));
        before.forEach(this::repaint);
        cursor = at;
        there.getFirst().current(true);
        repaint(there.getFirst());
        if (at > 0) {
            list.getElement().executeJs(SHOW, at);
        }
        changed.run();
    }

    /// The row under the cursor; null while there is none.
    @Nullable QueueRow current() {
        var there = cursor < 0 ? List.<QueueRow>of() : pages.rows(cursor, 1);
        return there.isEmpty() ? null : there.getFirst();
    }

    /// Selects the row, or no longer.
    void turn(QueueRow row) {
        row.select(!row.selected());
        repaint(row);
        changed.run();
    }

    /// The selected alerts, in the order of the list.
    List<Alert> selected() {
        return pages.rows(0, pages.read()).stream().filter(QueueRow::selected).map(QueueRow::alert).toList();
    }

    /// Selects nothing of `keys` any more.
    void clear(Predicate<AlertKey> which) {
        pages.rows(0, pages.read()).stream().filter(row -> row.selected() && which.test(row.key())).forEach(row -> {
            row.select(false);
            repaint(row);
        });
        changed.run();
    }

    /// Those of `keys` that are among the rows read.
    List<AlertKey> among(Collection<AlertKey> keys) {
        return pages.rows(0, pages.read()).stream().map(QueueRow::key).filter(keys::contains).toList();
    }

    /// Shows what became of alerts, in their old places.
    void update(List<Alert> now, Predicate<Alert> fits) {
        var read = pages.rows(0, pages.read());
        for (var alert : now) {
            read.stream().filter(row -> row.key().equals(alert.key())).forEach(row -> {
                row.becomes(alert, fits.test(alert));
                repaint(row);
            });
        }
        changed.run();
    }

    private void repaint(QueueRow row) {
        list.getDataProvider().refreshItem(row);
    }
}
