package io.trailwarden.dashboard.forwarding;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Notice;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Ticks;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.forward.Forwarding;
import io.trailwarden.forward.Forwarding.DeadLetter;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import io.trailwarden.forward.ForwardingUnavailable;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where alerts and records go onward, how far each destination is, and what it would not take. Repaints by itself.
@Route("forwarding")
@PageTitle("Forwarding · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class ForwardingView extends Div implements Titled {

    /// Most dead letters shown; more than this is no matter of single items.
    private static final int LETTERS = 200;

    private static final String SILENT = "Nothing was changed: the database does not answer. Try again in a moment.";

    private static final String WHY_NOT = "Pausing and retrying takes the role " + String.join(" or ", Permission.FORWARD.roles()) + ".";

    private static final String EXAMPLE = """
            TRAILWARDEN_FORWARD_SIEM_KIND=syslog
            TRAILWARDEN_FORWARD_SIEM_HOST=siem.example
            TRAILWARDEN_FORWARD_SIEM_SEND=alerts
            """;

    /// How often it is looked whether anything changed, and how old "3 min ago" may get.
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration REPAINT = Duration.ofSeconds(30);

    private final Forwarding forwarding;
    private final Readings readings;
    private final Ticks ticks;
    private final Moments moments;
    private final boolean mayAct;
    private final Sentence sentence = new Sentence();
    private final Paragraph explanation = new Paragraph();
    private final Part<List<Standing>> destinations;
    private final Part<Letters> letters;
    private final Focus focus = new Focus(this);
    private final DestinationTable table;
    private final Component listed;
    private List<Standing> shown = List.of();
    private Letters shownLetters = new Letters(List.of(), 0);
    private Component letterTable = new Div();
    private Instant painted = Instant.EPOCH;
    private @Nullable Registration ticking;

    /// Dead letters, and how many there are in all.
    private record Letters(List<DeadLetter> shown, long all) {
    }

    /// All that the page shows.
    private record Seen(List<Standing> destinations, Letters letters) {
    }

    @Inject
    ForwardingView(Forwarding forwarding, Readings readings, Ticks ticks, InstantSource clock) {
        this.forwarding = forwarding;
        this.readings = readings;
        this.ticks = ticks;
        moments = Viewer.moments(clock);
        mayAct = Who.asks().may(Permission.FORWARD);
        table = new DestinationTable(moments, mayAct, this::pause, this::resume);
        listed = listed();
        destinations = new Part<>("Destinations", 3, readings, forwarding::destinations, this::destinations);
        destinations.note("each follows the order of the trail with a place of its own");
        letters = new Part<>("Dead letters", 2, readings, this::readLetters, this::letters);
        letters.note("what a destination would not take; it is still in the trail");
        addClassNames("page", "forwarding");
        sentence.say("Forwarding");
        var lead = new Div(sentence, explanation);
        lead.addClassName("lead");
        add(lead, destinations, letters);
    }

    private Component destinations(List<Standing> all) {
        shown = all;
        painted = moments.clock().instant();
        summarise(all);
        if (all.isEmpty()) {
            return none();
        }
        focus.restore();
        table.show(all);
        return listed;
    }

    private Component listed() {
        if (mayAct) {
            return table;
        }
        var why = new Paragraph(WHY_NOT);
        why.addClassNames("q", "why-not");
        return new Div(table, why);
    }

    private static Component none() {
        var snippet = new Pre(EXAMPLE.strip());
        snippet.addClassName("code");
        return Message.empty("Alerts and records stay here.",
                new Paragraph("A destination is a syslog server, a Splunk HTTP Event Collector or a webhook of your own. It is named in the "
                        + "environment of the program, or in config/application.properties, and begins with the next start. For alerts to "
                        + "a syslog server over TLS this is all:"),
                snippet, new CopyButton("Copy the example", EXAMPLE::strip),
                new Paragraph("docs/forwarders.md has every setting, with what to do at the other end."));
    }

    private void summarise(List<Standing> all) {
        sentence.removeAll();
        explanation.setText("");
        var configured = all.stream().filter(each -> !(each.state() instanceof State.Removed)).toList();
        if (configured.isEmpty()) {
            sentence.say("Nothing is forwarded: no destination is configured");
            return;
        }
        var parts = new Summary(configured, moments.clock().instant());
        parts.sayIn(sentence);
        explanation.setText(parts.explanation());
    }

    private Letters readLetters() {
        return new Letters(forwarding.deadLetters(LETTERS), forwarding.countDeadLetters());
    }

    /// What did not change stays as it is, with its buttons.
    private Component letters(Letters found) {
        letters.setVisible(found.all() > 0);
        if (!found.equals(shownLetters)) {
            shownLetters = found;
            focus.restore();
            letterTable = new LetterTable(moments, mayAct, this::retry).show(found.shown(), found.all());
        }
        return letterTable;
    }

    private void pause(String destination) {
        act(() -> forwarding.pause(destination, Who.asks().name()), destination + " is paused. What comes now waits for it.");
    }

    private void resume(String destination) {
        act(() -> forwarding.resume(destination, Who.asks().name()), destination + " goes on.");
    }

    private void retry(List<DeadLetter> chosen) {
        act(() -> forwarding.retry(chosen.stream().map(DeadLetter::id).toList(), Who.asks().name()),
                Sentence.counted(chosen.size(), "dead letter") + (chosen.size() == 1 ? " is" : " are") + " tried once more.");
    }

    private void act(Runnable action, String done) {
        if (!Who.asks().may(Permission.FORWARD)) {
            Notice.say(WHY_NOT);
            return;
        }
        try {
            action.run();
            Notice.say(done);
        } catch (IllegalArgumentException gone) {
            Notice.say("There is no such destination any more.");
        } catch (ForwardingUnavailable silent) {
            Notice.say(SILENT);
        }
        refresh();
    }

    private void look() {
        readings.ask(this, () -> new Seen(forwarding.destinations(), readLetters()), answer -> {
            boolean same = answer instanceof Readings.Answer.Found<Seen>(var now) && now.equals(new Seen(shown, shownLetters));
            if (!same || !painted.plus(REPAINT).isAfter(moments.clock().instant())) {
                refresh();
            }
        });
    }

    private void refresh() {
        destinations.refresh();
        letters.refresh();
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        ticking = ticks.every(shown.getUI(), LOOK, this::look);
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (ticking != null) {
            ticking.remove();
        }
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Forwarding")};
    }

    /// A quiet link in words.
    static Anchor link(String path, String words) {
        return new Anchor(path, words);
    }

    /// Text of ours over a quieter line.
    static Div twoLines(Component first, String second) {
        return twoLines(first, new Text(second));
    }

    /// Text of ours over a quieter line.
    static Div twoLines(Component first, Component... second) {
        var under = new Span(second);
        under.addClassNames("q", "under");
        return new Div(first, under);
    }
}
