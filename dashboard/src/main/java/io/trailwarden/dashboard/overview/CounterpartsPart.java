package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Inventory.Counterpart;
import io.trailwarden.inventory.Inventory.Query;
import io.trailwarden.inventory.Inventory.Standing;
import io.trailwarden.inventory.Kind;
import java.time.Duration;
import java.util.List;

/// What agents began to deal with this week: MCP servers, or hosts that they spoke to.
final class CounterpartsPart {

    private static final int SHOWN = 4;
    private static final Duration NEW = Duration.ofDays(7);

    /// Newer than this stands out while nobody approved it.
    private static final Duration FRESH = Duration.ofHours(24);

    private CounterpartsPart() {
    }

    private record Read(List<Counterpart> newest, long count) {
    }

    static Part<?> part(Kind kind, Inventory inventory, Moments moments, Readings readings) {
        var heading = switch (kind) {
            case MCP_SERVER -> "New MCP servers";
            case DESTINATION -> "New destinations";
        };
        var part = new Part<Read>(heading, 5, readings, () -> {
            var query = new Query(kind, moments.clock().instant().minus(NEW), null, null, null);
            return new Read(inventory.list(query, 0, SHOWN), inventory.count(query));
        }, read -> shown(kind, read, moments));
        part.note("first seen within 7 days");
        return part;
    }

    private static Component shown(Kind kind, Read read, Moments moments) {
        if (read.newest().isEmpty()) {
            return Message.empty("None.", new Paragraph(switch (kind) {
                case MCP_SERVER -> "No server was connected this week that had not been before.";
                case DESTINATION -> "No agent spoke to a host this week that none had spoken to before.";
            }));
        }
        var rows = new Div();
        rows.addClassName("rows-of");
        read.newest().forEach(each -> rows.add(row(each, moments)));
        if (read.count() > SHOWN) {
            rows.add(Figures.row("All of them", null, new NumberLink(read.count(), path(kind))));
        }
        return rows;
    }

    private static Component row(Counterpart counterpart, Moments moments) {
        var name = counterpart.name();
        var link = new Anchor(Navigation.counterpart(counterpart.kind(), counterpart.id()));
        link.setRouterIgnore(false);
        link.addClassNames("n", "cut");
        link.add(name == null ? new Span("further names") : name.isEmpty() ? new Span("name kept back") : ClientText.line(name, 60));
        var age = Age.of(moments, counterpart.firstSeen());
        boolean stands = counterpart.standing() == Standing.NOBODY
                && counterpart.firstSeen().isAfter(moments.clock().instant().minus(FRESH));
        age.setClassName("high", stands);
        var about = about(counterpart);
        var row = new Div(link, about, age);
        row.addClassNames("row", "counterpart");
        return row;
    }

    private static Component about(Counterpart counterpart) {
        var people = new NumberLink(counterpart.people() == 1 ? "1 person" : NumberLink.format(counterpart.people()) + " people",
                Navigation.counterpart(counterpart.kind(), counterpart.id()));
        var about = new Span(people, new Span(counterpart.standing() == Standing.NOBODY ? "" : ", approved"));
        about.addClassName("q");
        return about;
    }

    private static String path(Kind kind) {
        return switch (kind) {
            case MCP_SERVER -> Navigation.newServers();
            case DESTINATION -> Navigation.newDestinations();
        };
    }
}
