package io.trailwarden.dashboard.registry;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.dashboard.registry.RegistryFilter.Show;
import io.trailwarden.inventory.Approvals;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Inventory.Counterpart;
import io.trailwarden.inventory.Inventory.Summary;
import io.trailwarden.rules.PolicyLists;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A list of what agents deal with, newest first, and one of them beside it.
abstract class RegistryView extends Div implements BeforeEnterObserver, Titled {

    /// Least seconds between two counts while records come in.
    private static final long RECOUNT = 3;

    private final RegistryWords words;
    private final Services services;
    private final InstantSource clock;
    private final Moments moments;
    private final ChosenPart chosenPart;
    private final Sentence sentence = new Sentence();
    private final Nav tabs = new Nav();
    private final Div chips = new Div();
    private final TextField byName = new TextField();
    private final Div columns = new Div();
    private final WaitingNews news = new WaitingNews(this::showAll);
    private RegistryFilter filter = RegistryFilter.ALL;
    private @Nullable Part<CursorPages<Counterpart, Integer>> list;
    private @Nullable Rows<Counterpart> rows;
    private @Nullable Part<Optional<ChosenPart.Known>> detail;
    private @Nullable Registration following;
    private Approvals.@Nullable Registration approving;
    private Instant counted = Instant.EPOCH;
    private long shown = -1;

    /// What the page asks.
    record Services(Inventory inventory, Approvals approvals, PolicyLists policy, Alerts alerts, Readings readings, Live live) {
    }

    RegistryView(RegistryWords words, Services services, InstantSource clock) {
        this.words = words;
        this.services = services;
        this.clock = clock;
        moments = Viewer.moments(clock);
        chosenPart = new ChosenPart(words, services.inventory(), services.approvals(), services.alerts(), moments, this::showAll);
        addClassNames("page", "tall", "registry");
        tabs.addClassName("tabs");
        tabs.getElement().setAttribute("aria-label", words.many() + " by standing");
        columns.addClassName("registry-columns");
        sentence.say(words.page().label());
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, tabs, tools(), news, columns);
    }

    private Component tools() {
        byName.setPlaceholder("Part of a name");
        byName.setAriaLabel("Part of a name");
        byName.setMaxLength(200);
        byName.setClearButtonVisible(true);
        byName.setValueChangeMode(ValueChangeMode.LAZY);
        byName.addClassName("by-name");
        byName.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                open(filter.saying(change.getValue()));
            }
        });
        var export = new Button("Export…", _ -> export());
        chips.addClassName("chips");
        var tools = new Div(byName, chips, export);
        tools.addClassName("registry-tools");
        return tools;
    }

    private void open(RegistryFilter other) {
        getUI().ifPresent(ui -> ui.navigate(other.address(words.page())));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        var before = filter;
        filter = RegistryFilter.of(arriving.getLocation().getQueryParameters());
        byName.setValue(filter.text() == null ? "" : filter.text());
        showChips();
        if (!isAttached()) {
            return;
        }
        if (filter.lists(before)) {
            showChosen();
        } else {
            showAll();
        }
    }

    private void showChips() {
        chips.removeAll();
        var person = filter.person();
        if (person != null) {
            var away = new Anchor(filter.about(null).address(words.page()), "×");
            away.setRouterIgnore(false);
            away.getElement().setAttribute("aria-label", "Of anybody");
            var chip = new Span(new Span("Person"), ClientText.line(person, 60), away);
            chip.addClassName("chip");
            chips.add(chip);
        }
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        var ui = attached.getUI();
        following = services.live().listen((records, _) -> {
            if (!records.isEmpty()) {
                Pages.push(ui, this::recordsCame);
            }
        });
        approving = services.approvals().listen(() -> Pages.push(ui, this::approvalsChanged));
        showAll();
    }

    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
        if (approving != null) {
            approving.close();
        }
    }

    private void recordsCame() {
        if (isAttached() && !counted.plusSeconds(RECOUNT).isAfter(clock.instant())) {
            count();
        }
    }

    private void approvalsChanged() {
        if (isAttached()) {
            count();
            if (rows != null) {
                rows.restart();
            }
            if (detail != null) {
                detail.refresh();
            }
        }
    }

    private void showAll() {
        news.none();
        shown = -1;
        count();
        rows = null;
        list = new Part<>(words.page().label(), 12, services.readings(), this::firstPage, this::listed);
        list.addClassNames("fill", "bare");
        detail = null;
        columns.removeAll();
        columns.add(list);
        showChosen();
    }

    private void showChosen() {
        if (detail != null) {
            columns.remove(detail);
            detail = null;
        }
        var id = filter.chosen();
        columns.setClassName("two", id != null);
        if (id != null) {
            var opened = new Part<>("One " + words.one(), 6, services.readings(), () -> chosenPart.read(id), chosenPart::show);
            opened.addClassName("chosen-part");
            var away = new Anchor(filter.choosing(null).address(words.page()), "Close");
            away.setRouterIgnore(false);
            opened.note(away);
            detail = opened;
            columns.add(opened);
        }
        if (rows != null) {
            rows.getLazyDataView().refreshAll();
        }
    }

    private CursorPages<Counterpart, Integer> firstPage() {
        var query = filter.query(words.kind(), clock.instant());
        var pages = new CursorPages<Counterpart, Integer>(offset -> {
            int from = offset == null ? 0 : offset;
            var found = services.inventory().list(query, from, Rows.PAGE);
            return new Slice<>(found, found.size() < Rows.PAGE ? null : from + Rows.PAGE);
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private Component listed(CursorPages<Counterpart, Integer> pages) {
        if (pages.read() == 0) {
            rows = null;
            return nothing();
        }
        var shownRows = new Rows<>("registry", pages, RegistryRow.renderer(words, moments, id -> filter.choosing(id).address(words.page()),
                () -> filter.chosen()), this::showAll, words.one(), "approved by", "first seen", "by", "people", words.calls(), "refused", "last seen");
        rows = shownRows;
        return shownRows;
    }

    private Component nothing() {
        if (!filter.choosing(null).equals(RegistryFilter.ALL)) {
            var all = new Anchor(words.page().path(), "Show all " + words.many());
            all.setRouterIgnore(false);
            return Message.empty("None of the " + words.many() + " is like that.", new Paragraph(all));
        }
        return Message.empty("No " + words.one() + " has been seen yet.", new Paragraph(words.empty()));
    }

    private void count() {
        counted = clock.instant();
        services.readings().ask(this, () -> services.inventory().summary(words.kind(), clock.instant().minus(RegistryFilter.NEW)), answer -> {
            if (answer instanceof Answer.Found<Summary>(var summary)) {
                say(summary);
            }
        });
    }

    private void say(Summary summary) {
        sentence.removeAll();
        if (summary.all() == 0) {
            sentence.say("No " + words.one() + " has been seen yet");
        } else if (summary.fresh() == 0) {
            sentence.say(words.counted(summary.all()) + ", none of them new this week");
            if (summary.unapproved() > 0) {
                sentence.say(", ").with(link(NumberLink.format(summary.unapproved()) + " approved by nobody", Show.UNAPPROVED));
            }
        } else {
            sentence.with(link(words.counted(summary.fresh()), Show.NEW)).say(summary.fresh() == 1 ? " is new this week" : " are new this week");
            if (summary.freshUnapproved() == 0) {
                sentence.say(summary.fresh() == 1 ? " and approved" : ", all of them approved");
            } else if (summary.fresh() == 1) {
                sentence.say(", and nobody has approved it");
            } else {
                sentence.say(", ").with(link(NumberLink.format(summary.freshUnapproved()), Show.UNAPPROVED)).say(" of them nobody has approved");
            }
        }
        showTabs(summary);
        if (shown >= 0 && summary.all() > shown) {
            if (rows == null && list != null) {
                list.refresh();
            } else {
                news.more(summary.all() - shown, words.one());
            }
        }
        shown = summary.all();
    }

    private NumberLink link(String said, Show show) {
        return new NumberLink(said, RegistryFilter.ALL.with(show).address(words.page()));
    }

    private void showTabs(Summary summary) {
        tabs.removeAll();
        for (var show : Show.values()) {
            var number = new Span(NumberLink.format(switch (show) {
                case ALL -> summary.all();
                case NEW -> summary.fresh();
                case UNAPPROVED -> summary.unapproved();
                case APPROVED -> summary.all() - summary.unapproved();
            }));
            number.addClassName("q");
            var tab = new Anchor(filter.with(show).choosing(null).address(words.page()));
            tab.setRouterIgnore(false);
            tab.add(new Span(show.words()), number);
            if (show == filter.show()) {
                tab.getElement().setAttribute("aria-current", "page");
            }
            tabs.add(tab);
        }
    }

    private void export() {
        services.readings().ask(this, this::approved, answer -> {
            switch (answer) {
                case Answer.Found<List<String>>(var names) -> new ExportDialog(words.kind(), names).open();
                case Answer.Failed<List<String>> failed -> columns.addComponentAsFirst(Part.failure("Export", failed, this::showAll));
            }
        });
    }

    private List<String> approved() {
        var names = new ArrayList<>(services.approvals().inForce(words.kind()));
        names.addAll(services.policy().values(words.kind().list()));
        return List.copyOf(names);
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here(words.page().label())};
    }
}
