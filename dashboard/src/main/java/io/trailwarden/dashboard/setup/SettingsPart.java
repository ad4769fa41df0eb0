package io.trailwarden.dashboard.setup;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.identity.Secret;
import io.trailwarden.ops.ManagedSettings;
import io.trailwarden.ops.ManagedSettings.Choice;
import io.trailwarden.ops.ManagedSettings.Credential;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The second step: the `managed-settings.json` with our endpoint and the token just made, and each choice in words.
final class SettingsPart extends Block {

    private final TextField endpoint = new TextField("Where the developers' machines send to");
    private final Pre file = new Pre();
    private final Div warnings = new Div();
    private final Details explained;
    private Credential credential = new Credential.Placeholder();
    private ManagedSettings settings;

    /// @param guess what the endpoint most likely is
    SettingsPart(URI guess) {
        super("2. Give the machines these settings");
        settings = new ManagedSettings(guess, credential);
        explained = new Details("What each line does, and what is lost without it", choices());
        addClassName("settings");
        note("managed-settings.json");
        endpoint.setValue(guess.toString());
        endpoint.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        endpoint.addValueChangeListener(_ -> renew());
        endpoint.addClassName("endpoint");
        file.addClassNames("code", "file");
        file.getElement().setAttribute("tabindex", "0");
        file.getElement().setAttribute("role", "region");
        file.getElement().setAttribute("aria-label", "managed-settings.json");
        warnings.addClassName("warnings");
        show(endpoint, warnings, actions(), file, where(), explained);
        renew();
    }

    /// Writes `token` into the file.
    void use(Secret token) {
        credential = new Credential.Token(token);
        renew();
    }

    private Component actions() {
        var download = new Anchor(DownloadHandler.fromInputStream(_ -> {
            var bytes = settings.json().getBytes(StandardCharsets.UTF_8);
            return new DownloadResponse(new ByteArrayInputStream(bytes), "managed-settings.json", "application/json", bytes.length);
        }), "Download");
        var actions = new Div(new CopyButton("Copy the settings", () -> settings.json()), download);
        actions.addClassName("actions");
        return actions;
    }

    private void renew() {
        try {
            settings = new ManagedSettings(URI.create(endpoint.getValue().strip()), credential);
            endpoint.setInvalid(false);
        } catch (IllegalArgumentException _) {
            endpoint.setErrorMessage("Give a base URL such as https://telemetry.example.com; the file below still has the last good one");
            endpoint.setInvalid(true);
            return;
        }
        file.setText(settings.json());
        warnings.removeAll();
        settings.warnings().forEach(warning -> warnings.add(notice(warning)));
        if (credential instanceof Credential.Placeholder) {
            warnings.add(notice("The file below has no token yet: the one you make is written into it."));
        }
        explained.removeAll();
        explained.add(choices());
    }

    private static Paragraph notice(String words) {
        var notice = new Paragraph(words);
        notice.addClassName("notice");
        return notice;
    }

    private static Component where() {
        var places = new UnorderedList();
        places.addClassName("places");
        for (var place : ManagedSettings.places()) {
            var path = new Span(place.path());
            path.addClassName("c");
            places.add(new ListItem(new Span(place.system()), path));
        }
        var advice = new UnorderedList();
        advice.addClassName("advice");
        ManagedSettings.advice().forEach(sentence -> advice.add(new ListItem(sentence)));
        var where = new Div(places, advice);
        where.addClassName("where");
        return where;
    }

    private Component choices() {
        var body = new NativeTableBody();
        settings.choices().forEach(choice -> body.add(row(choice)));
        var heads = new NativeTableRow();
        List.of("line", "what it does", "without it").forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("choices");
        return table;
    }

    private static NativeTableRow row(Choice choice) {
        var key = new Span(choice.key());
        var value = new Span(choice.value());
        key.addClassName("c");
        value.addClassNames("c", "q");
        return new NativeTableRow(new NativeTableCell(key, value), new NativeTableCell(choice.why()), new NativeTableCell(choice.without()));
    }
}
