package io.trailwarden.dashboard.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.dom.Element;
import java.util.List;
import java.util.function.Supplier;

/// The figures behind a chart, as text.
///
/// @param heads names of the columns, the first one of what the rows are
/// @param rows as many cells each as there are heads
public record Table(List<String> heads, List<List<String>> rows) {

    public Table {
        heads = List.copyOf(heads);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /// "Show as a table", which makes the table when somebody asks for it: a week of hours is a thousand cells.
    static Component behind(Supplier<Table> table) {
        var details = new NativeDetails("Show as a table");
        details.addClassName("k-table");
        details.addToggleListener(toggled -> {
            if (toggled.isOpened() && details.getContent() == null) {
                var content = new com.vaadin.flow.component.html.Div();
                content.getElement().appendChild(table.get().element());
                details.setContent(content);
            }
        });
        return details;
    }

    Element element() {
        var table = new Element("table");
        var head = new Element("thead");
        head.appendChild(row(heads, "th", "col"));
        var body = new Element("tbody");
        rows.forEach(cells -> body.appendChild(row(cells, "td", "row")));
        return table.appendChild(head, body);
    }

    private static Element row(List<String> cells, String tag, String scope) {
        var row = new Element("tr");
        for (int at = 0; at < cells.size(); at++) {
            var cell = new Element(at == 0 ? "th" : tag);
            if (at == 0 || tag.equals("th")) {
                cell.setAttribute("scope", scope);
            }
            row.appendChild(cell.setText(cells.get(at)));
        }
        return row;
    }
}
