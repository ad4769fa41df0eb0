package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.store.PersonTrail.Touched;
import java.util.List;

/// What was spoken to, written and run: three short lists whose numbers search the trail.
final class TouchedPart {

    static final int MOST = 6;

    private TouchedPart() {
    }

    static Component of(List<Touched> touched, TrailFilter filter) {
        if (touched.isEmpty()) {
            return Message.empty("Nothing.", new Paragraph("Files, hosts and programs are told where OTEL_LOG_TOOL_DETAILS is 1."));
        }
        var lists = new Div();
        lists.addClassName("touched");
        for (var kind : Touched.Kind.values()) {
            var theirs = touched.stream().filter(each -> each.kind() == kind).toList();
            if (!theirs.isEmpty()) {
                lists.add(list(kind, theirs, filter));
            }
        }
        return lists;
    }

    private static Component list(Touched.Kind kind, List<Touched> touched, TrailFilter filter) {
        var list = new UnorderedList();
        for (var each : touched) {
            list.add(new ListItem(ClientText.line(each.name(), 60), new NumberLink(each.times(), filter.with(each.name()).address())));
        }
        return new Div(new H3(switch (kind) {
            case HOST -> "hosts";
            case WRITTEN -> "files written";
            case PROGRAM -> "programs";
            case MCP -> "MCP servers";
        }), list);
    }
}
