package io.trailwarden.dashboard.registry;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import java.time.Instant;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Permission;
import io.trailwarden.inventory.Approvals;
import io.trailwarden.inventory.Approvals.Approval;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Inventory.Counterpart;
import io.trailwarden.inventory.Inventory.Dealing;
import io.trailwarden.inventory.Inventory.Standing;
import io.trailwarden.inventory.Inventory.Use;
import io.trailwarden.inventory.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One server or host: whether somebody wants it, who deals with it and how, and what was found about it.
final class ChosenPart {

    private static final int MOST = 50;

    private final RegistryWords words;
    private final Inventory inventory;
    private final Approvals approvals;
    private final Alerts alerts;
    private final Moments moments;
    private final boolean mayApprove;
    private final Runnable changed;

    /// @param changed called after an approval was given or taken back
    ChosenPart(RegistryWords words, Inventory inventory, Approvals approvals, Alerts alerts, Moments moments, Runnable changed) {
        this.words = words;
        this.inventory = inventory;
        this.approvals = approvals;
        this.alerts = alerts;
        this.moments = moments;
        this.changed = changed;
        mayApprove = Who.asks().may(Permission.APPROVE);
    }

    /// Everything about one.
    ///
    /// @param firstApproval whether nothing of this kind is approved yet
    record Known(Counterpart one, List<Dealing> people, List<Use> uses, List<Approval> history, long alerts, boolean firstApproval) {
    }

    Optional<Known> read(UUID id) {
        return inventory.find(words.kind(), id).map(one -> {
            var name = one.name() == null ? "" : one.name();
            boolean named = !name.isEmpty();
            return new Known(one, inventory.people(words.kind(), id, MOST), inventory.uses(words.kind(), id, MOST),
                    named ? approvals.history(words.kind(), name) : List.of(),
                    named ? alerts.count(AlertQuery.any().saying(saying(name))) : 0,
                    approvals.inForce(words.kind()).isEmpty());
        });
    }

    private static String saying(String name) {
        return name.substring(0, Math.min(name.length(), 200));
    }

    Component show(Optional<Known> found) {
        if (found.isEmpty()) {
            return Message.empty("There is no such " + words.one() + ".", new Paragraph("It may have been counted under another name since."));
        }
        var known = found.get();
        var shown = new Div(head(known), facts(known));
        shown.addClassName("chosen");
        if (!known.uses().isEmpty()) {
            shown.add(new H3(words.uses()), list(known.uses().stream().map(this::use).toList()));
        }
        shown.add(new H3("Who deals with it"), list(known.people().stream().map(this::person).toList()));
        if (!known.history().isEmpty()) {
            shown.add(new H3("Approvals"), list(known.history().stream().map(this::approval).toList()));
        }
        return shown;
    }

    private Component head(Known known) {
        var one = known.one();
        var name = new Div();
        name.addClassName("title");
        if (one.name() == null || one.name().isEmpty()) {
            name.add(RegistryRow.unnamed(words, one));
        } else {
            name.add(ClientText.line(one.name(), 256));
        }
        var head = new Div(name);
        head.add(standing(known));
        return head;
    }

    private Component standing(Known known) {
        var one = known.one();
        var line = new Div();
        line.addClassName("decide");
        if (!one.approvable()) {
            line.add(new Span(one.whole() ? "It has no name that could be approved." : "Its name is too long to be approved."));
            return line;
        }
        var name = String.valueOf(one.name());
        switch (one.standing()) {
            case NOBODY -> line.add(new Span("Nobody has approved it."));
            case POLICY -> line.add(new Span("A policy file approves it, list " + words.kind().list() + "."));
            case APPROVED -> known.history().stream().findFirst().ifPresent(last -> line.add(new Span(new Text("Approved by " + last.by() + " "),
                    Age.ago(moments, last.at()), new Text("."))));
        }
        if (mayApprove && one.standing() == Standing.NOBODY) {
            var approve = new Button("Approve…", _ -> open("Approve", name, consequence(known), (reason, by) ->
                    approvals.approve(words.kind(), name, reason, by)));
            approve.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            line.add(approve);
        } else if (mayApprove && one.standing() == Standing.APPROVED) {
            line.add(new Button("Take back…", _ -> open("Take back", name, "Rules report it again from the next record on.", (reason, by) ->
                    approvals.takeBack(words.kind(), name, reason, by))));
        } else if (one.standing() != Standing.POLICY) {
            var who = new Span("An engineer can change that.");
            who.addClassName("q");
            line.add(who);
        }
        return line;
    }

    /// The first approval of a server turns on a rule that stays quiet while nobody has decided anything.
    private String consequence(Known known) {
        if (words.kind() == Kind.MCP_SERVER && known.firstApproval()) {
            return "Rules report it no longer. It is the first server that is approved here: unless a policy file lists some, from now on every other "
                    + "one raises “MCP server not approved”.";
        }
        return "Rules report it no longer, for anybody, from the next record on.";
    }

    private void open(String verb, String name, String consequence, ReasonDialog.Change change) {
        Who.asks().must(Permission.APPROVE);
        new ReasonDialog(verb + " this " + words.one(), name, consequence, change, changed).open();
    }

    private Component facts(Known known) {
        var one = known.one();
        var facts = new DescriptionList();
        facts.addClassName("about");
        fact(facts, "first seen", new Span(moments.at(one.firstSeen()) + ", by "), person(one.firstPerson()));
        fact(facts, "last seen", Age.ago(moments, one.lastSeen()));
        if (words.kind() == Kind.MCP_SERVER) {
            fact(facts, "connected", new Span(times(one.connections()) + (one.failedConnections() == 0 ? "" : ", failed " + times(one.failedConnections()))));
            var how = RegistryRow.how(one);
            fact(facts, "how", how.isEmpty() ? new Span("not said") : new OurText(InertText.line(how, 120)));
        }
        fact(facts, words.calls(), new Span(NumberLink.format(one.calls()) + (one.failures() == 0 ? "" : ", of which failed " + NumberLink.format(one.failures()))
                + (one.refused() == 0 ? "" : "; refused " + NumberLink.format(one.refused()))));
        fact(facts, "sessions", new Span(NumberLink.format(one.sessions())));
        fact(facts, "alerts", known.alerts() == 0 ? new Span("none names it")
                : new NumberLink(Sentence.counted(known.alerts(), "alert"), Navigation.alerts(AlertsFilter.OPEN.in(Set.of()).saying(saying(String.valueOf(one.name()))))));
        return facts;
    }

    private static void fact(DescriptionList facts, String term, Component... description) {
        facts.add(new DescriptionList.Term(term), new DescriptionList.Description(description));
    }

    private static String times(long count) {
        return count == 1 ? "once" : NumberLink.format(count) + " times";
    }

    private static Component list(List<ListItem> items) {
        var list = new UnorderedList();
        list.addClassName("lines");
        items.forEach(list::add);
        return list;
    }

    private ListItem use(Use use) {
        Component name = use.name() == null ? new Span("further ones, counted together")
                : use.name().isEmpty() ? new Span("not said") : ClientText.line(use.name(), 80);
        return new ListItem(name, number(use.calls() + (use.refused() == 0 ? "" : ", refused " + use.refused())), when(use.lastSeen()));
    }

    private ListItem person(Dealing dealing) {
        var only = new Anchor(Navigation.trail(dealing.person(), null, words.kind() == Kind.MCP_SERVER ? "mcp_server_connection" : "tool_result"), "records");
        only.setRouterIgnore(false);
        return new ListItem(person(dealing.person()), number(NumberLink.format(dealing.calls())), only, when(dealing.lastSeen()));
    }

    private static Component person(String name) {
        var link = new Anchor(Navigation.person(name));
        link.setRouterIgnore(false);
        link.add(ClientText.line(name, 60));
        return link;
    }

    private ListItem approval(Approval approval) {
        var given = new Div("Approved by " + approval.by() + ", " + moments.at(approval.at()) + ": ");
        given.add(new OurText(InertText.line(approval.reason(), 2000)));
        var item = new ListItem(given);
        item.addClassName("told");
        var end = approval.withdrawn();
        if (end != null) {
            var taken = new Div("Taken back by " + end.by() + ", " + moments.at(end.at()) + ": ");
            taken.add(new OurText(InertText.line(end.reason(), 2000)));
            item.add(taken);
        }
        return item;
    }

    private static Span number(Object words) {
        var number = new Span(String.valueOf(words));
        number.addClassName("r");
        return number;
    }

    private Age when(Instant then) {
        var when = Age.ago(moments, then);
        when.addClassNames("q", "r");
        return when;
    }
}
