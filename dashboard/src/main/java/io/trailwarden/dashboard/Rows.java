package io.trailwarden.dashboard;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.inventory.InventoryUnavailable;
import io.trailwarden.store.TrailUnavailable;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// A long list, read as far as somebody scrolls.
///
/// One column, whose template lays out its own cells: so the same row is one dense line on a wide screen and two on a
/// phone, by style sheet alone.
///
/// @param <T> a row
public final class Rows<T> extends Grid<T> {

    private static final Logger LOG = Logger.getLogger(Rows.class);

    /// Rows fetched at a time, and the sources' page length.
    public static final int PAGE = 50;

    private final CursorPages<T, ?> pages;
    private final Runnable silent;

    /// A list of `pages`.
    ///
    /// @param style class of the row's layout, given to the head too
    /// @param silent called when the database stops answering while somebody scrolls
    /// @param heads names of the row's cells, in order
    public Rows(String style, CursorPages<T, ?> pages, LitRenderer<T> row, Runnable silent, String... heads) {
        this.pages = pages;
        this.silent = silent;
        addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
        addClassNames("rows", style);
        setSelectionMode(SelectionMode.NONE);
        setPageSize(PAGE);
        addColumn(row).setHeader(head(style, heads)).setFlexGrow(1);
        show();
    }

    private static Span head(String style, String... heads) {
        var head = new Span();
        head.addClassNames("rowhead", style + "-row");
        for (var name : heads) {
            head.add(new Span(name));
        }
        return head;
    }

    /// Reads the list anew from its first row.
    public void restart() {
        pages.restart();
        show();
        scrollToStart();
    }

    private void show() {
        setItems(this::fetch);
    }

    private Stream<T> fetch(Query<T, Void> query) {
        try {
            return pages.rows(query.getOffset(), query.getLimit()).stream();
        } catch (TrailUnavailable | AlertsUnavailable | InventoryUnavailable unavailable) {
            LOG.warnf("List could not be read on: reason=%s", unavailable.getMessage());
            silent.run();
            return Stream.empty();
        }
    }
}
