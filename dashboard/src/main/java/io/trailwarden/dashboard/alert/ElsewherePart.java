package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.Moments;

/// Queries that ask other systems about the same person, hosts and minutes, to be copied.
final class ElsewherePart extends Block {

    ElsewherePart(Scene scene) {
        super("Look elsewhere");
        addClassName("elsewhere");
        var times = scene.alert().evidence().stream().map(one -> one.time()).sorted().toList();
        var first = times.isEmpty() ? scene.alert().at() : times.getFirst();
        var pivot = Pivot.of(scene.alert().person(), scene.evidence(), first, scene.alert().at().isAfter(first) ? scene.alert().at() : first);
        note("5 minutes around it, this person" + (pivot.hosts().isEmpty() ? pivot.programs().isEmpty() ? "" : " and what ran"
                : " and where it spoke to") + "; UTC");
        var sheet = new TabSheet();
        sheet.addThemeNames("small");
        add(sheet, "KQL, Defender and Sentinel", pivot.kql(), "The tables are those of Microsoft Defender for Endpoint.");
        add(sheet, "SPL, Splunk", pivot.spl(), "Field names of the Common Information Model; from " + Moments.utc(pivot.from()) + " to "
                + Moments.utc(pivot.to()) + ". What Splunk cannot quote stands as *.");
        add(sheet, "EQL, Elastic", pivot.eql(), "Field names of the Elastic Common Schema.");
        show(sheet);
    }

    private static void add(TabSheet sheet, String label, String query, String hint) {
        var text = new Pre();
        text.addClassName("code");
        text.getElement().setAttribute("tabindex", "0");
        text.getElement().setAttribute("aria-label", "Query in " + label);
        text.add(ClientText.lines(query));
        var copy = new CopyButton("Copy", () -> query);
        copy.addThemeNames("tertiary", "small");
        var quiet = new Paragraph(new Span(hint));
        quiet.addClassNames("q", "xs");
        var foot = new Div(quiet, copy);
        foot.addClassName("code-foot");
        sheet.add(new Tab(label), new Div(text, foot));
    }
}
