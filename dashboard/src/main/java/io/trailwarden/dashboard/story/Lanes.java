package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.record.Waits;
import io.trailwarden.event.EventId;
import io.trailwarden.store.PersonTrail.Mark;
import io.trailwarden.store.PersonTrail.Mark.What;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.PersonTrail.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A day or a session at a glance: modes as bands, questions as high as they stood open, refusals, servers, hosts, alerts,
/// and what is missing, all over the same time.
public final class Lanes extends Block {

    private static final int MARKS = 600;
    private static final int MEASURED = 300;

    /// Bands of sessions at the same time are drawn below each other, so many at most.
    private static final int AT_ONCE = 4;

    /// Seconds between two times of the axis, and how many of them there is room for.
    private static final List<Long> STEPS = List.of(1L, 5L, 15L, 60L, 120L, 300L, 600L, 1_800L, 3_600L, 7_200L, 14_400L, 86_400L, 7 * 86_400L, 30 * 86_400L, 365 * 86_400L);
    private static final long TICKS = 11;

    /// A band is drawn at least so wide, percent; what lies wholly under another one is left out, unless nobody was asked in it.
    private static final double NARROWEST = .35;

    private static final double FASTEST = 300;
    private static final double SLOWEST = 120_000;

    /// A label needs so much of the width to itself, percent.
    private static final double LABEL = 11;

    private final Scope scope;
    private final Sources sources;

    /// What is drawn.
    private record Drawn(List<Stretch> stretches, List<Mark> marks, Map<EventId, Duration> waits, List<Alert> alerts) {
    }

    /// Something with a place.
    private record Placed(double at, Component mark, @Nullable Component label) {
    }

    /// Draws `scope`.
    public Lanes(String heading, Scope scope, Sources sources) {
        super(heading);
        this.scope = scope;
        this.sources = sources;
        addClassName("lanes-part");
        show(Message.loading(6));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        read();
    }

    private void read() {
        sources.readings().ask(this, this::drawn, answer -> {
            switch (answer) {
                case Answer.Found<Drawn>(var drawn) -> draw(drawn);
                case Answer.Failed<Drawn> failed -> show(Part.failure("The timeline", failed, this::read));
            }
        });
    }

    private Drawn drawn() {
        var stretches = sources.stretches(scope);
        var marks = sources.trail().marks(scope, MARKS);
        var answered = marks.stream().filter(mark -> mark.by() != null && mark.by().startsWith("user_")).map(Mark::event).distinct()
                .limit(MEASURED).toList();
        var alerts = sources.alertsOf(scope.person()).stream()
                .filter(alert -> scope.session() == null || scope.session().equals(alert.session())).toList();
        return new Drawn(stretches, marks,
                answered.isEmpty() ? Map.of() : Waits.before(sources.records().events(answered), sources.records()), alerts);
    }

    /// The time that is drawn.
    private record Span100(Instant from, Instant to) {

        double at(Instant time) {
            return Math.clamp(100.0 * Duration.between(from, time).toMillis() / Math.max(1, Duration.between(from, to).toMillis()), 0, 100);
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    private void draw(Drawn drawn) {
        if (drawn.stretches().isEmpty()) {
            show(Message.empty("No session ran.", new Paragraph("Records came without a session, or none came.")));
            return;
        }
        var first = drawn.stretches().stream().map(Stretch::from).min(Comparator.naturalOrder()).orElseThrow();
        var last = drawn.stretches().stream().map(Stretch::to).max(Comparator.naturalOrder()).orElseThrow();
        var margin = Duration.between(first, last).dividedBy(60).plusSeconds(2);
        var span = new Span100(first.minus(margin), last.plus(margin));
        var lanes = new Div();
        lanes.addClassName("lanes");
        lanes.add(axis(span));
        lanes.add(modes(drawn, span));
        lanes.add(answers(drawn, span));
        lane(lanes, "Refused", drawn, What.REFUSED, span);
        lane(lanes, "MCP", drawn, What.MCP, span);
        lane(lanes, "Egress", drawn, What.EGRESS, span);
        alerts(lanes, drawn, span);
        var gaps = gaps(drawn, span);
        if (gaps.getChildren().findAny().isPresent()) {
            lanes.add(gaps);
        }
        show(lanes);
        note(legend(drawn));
    }

    private Component[] legend(Drawn drawn) {
        var words = new Span(drawn.marks().size() == MARKS ? "the newest " + MARKS + " marks; height is the wait; " : "height is the wait; ");
        var fast = new Span("answered in under 1.5 s");
        fast.addClassNames("key", "fast");
        var answered = new Span("answered");
        answered.addClassNames("key", "answered");
        var person = new Span("refused by a person");
        person.addClassNames("key", "refused");
        var policy = new Span("by policy");
        policy.addClassNames("key", "policy");
        return new Component[] {words, fast, answered, person, policy};
    }

    private Component axis(Span100 span) {
        var track = track();
        var length = Duration.between(span.from(), span.to());
        long step = STEPS.stream().filter(seconds -> length.toSeconds() / seconds <= TICKS).findFirst().orElse(STEPS.getLast());
        var zone = sources.moments().zone();
        var begin = ZonedDateTime.ofInstant(span.from(), zone).truncatedTo(ChronoUnit.DAYS);
        long skip = Duration.between(begin, ZonedDateTime.ofInstant(span.from(), zone)).toSeconds() / step;
        for (var tick = begin.plusSeconds(skip * step); tick.toInstant().isBefore(span.to()); tick = tick.plusSeconds(step)) {
            if (span.holds(tick.toInstant())) {
                var mark = new Span(step >= 86_400 ? sources.moments().day(tick.toInstant())
                        : step < 60 ? sources.moments().clock(tick.toInstant()) : sources.moments().minutes(tick.toInstant()));
                mark.addClassName("tick");
                at(mark, span.at(tick.toInstant()));
                track.add(mark);
            }
        }
        return lane("", "", track, "axis");
    }

    private Component modes(Drawn drawn, Span100 span) {
        var track = track();
        var rows = new HashMap<String, Integer>();
        var ends = new ArrayList<Instant>();
        var lastOf = new HashMap<String, Instant>();
        drawn.stretches().forEach(stretch -> lastOf.merge(stretch.session(), stretch.to(), (one, other) -> one.isAfter(other) ? one : other));
        var until = ends(drawn.stretches());
        var covered = new double[AT_ONCE];
        for (int i = 0; i < drawn.stretches().size(); i++) {
            var stretch = drawn.stretches().get(i);
            int row = Math.min(rows.computeIfAbsent(stretch.session(), session -> row(ends, stretch.from(), Objects.requireNonNull(lastOf.get(session)))), AT_ONCE - 1);
            double end = Math.max(span.at(until.get(i)), span.at(stretch.from()) + NARROWEST);
            if (end > covered[row] || "bypassPermissions".equals(stretch.mode())) {
                track.add(band(stretch, until.get(i), row, span));
                covered[row] = Math.max(end, covered[row]);
            }
        }
        int high = Math.clamp(ends.size(), 1, AT_ONCE);
        track.getStyle().setHeight(high * 22 + 4 + "px");
        var bypassed = drawn.stretches().stream().filter(stretch -> "bypassPermissions".equals(stretch.mode()))
                .map(stretch -> Duration.between(stretch.from(), stretch.to())).reduce(Duration.ZERO, Duration::plus);
        var words = bypassed.isZero() ? Sentence.counted(rows.size(), "session") : Moments.span(bypassed) + " unasked";
        return lane("Mode", words, track, "modes");
    }

    private static int row(List<Instant> ends, Instant from, Instant to) {
        for (int row = 0; row < ends.size(); row++) {
            if (!ends.get(row).isAfter(from)) {
                ends.set(row, to);
                return row;
            }
        }
        ends.add(to);
        return ends.size() - 1;
    }

    /// A band goes on until the next stretch of its session: nothing else told the mode meanwhile.
    private static List<Instant> ends(List<Stretch> stretches) {
        var next = new HashMap<String, Instant>();
        var ends = new ArrayList<Instant>();
        for (var stretch : stretches.reversed()) {
            var begun = next.put(stretch.session(), stretch.from());
            ends.add(begun == null || begun.isBefore(stretch.to()) ? stretch.to() : begun);
        }
        return ends.reversed();
    }

    private Component band(Stretch stretch, Instant until, int row, Span100 span) {
        var link = new Anchor(Navigation.session(scope.person(), stretch.session()));
        link.setRouterIgnore(false);
        link.addClassNames("mode-band", ModeSwatch.swatch(stretch.mode()));
        double from = span.at(stretch.from());
        double width = Math.max(NARROWEST, span.at(until) - from);
        at(link, from);
        link.getStyle().setWidth(percent(width)).setTop(row * 22 + 2 + "px");
        var words = "session " + PromptList.shortened(stretch.session()) + ", " + sources.moments().clock(stretch.from()) + " to "
                + sources.moments().clock(until) + ", " + Sentence.counted(stretch.records(), "record");
        link.getElement().setAttribute("title", ModeSwatch.title(stretch.mode()) + "; " + words);
        link.getElement().setAttribute("aria-label", ModeSwatch.title(stretch.mode()) + "; " + words);
        if (width > 7 && stretch.mode() != null) {
            link.add(ClientText.line(stretch.mode(), 24));
        }
        return link;
    }

    private Component answers(Drawn drawn, Span100 span) {
        var track = track();
        int asked = 0;
        int fast = 0;
        for (var level : List.of(1_500, 10_000, 60_000)) {
            var line = new Span(level < 60_000 ? Moments.span(Duration.ofMillis(level)) : "1 min");
            line.addClassName("level");
            line.getStyle().setBottom(percent(height(level) * .86));
            track.add(line);
        }
        for (var mark : drawn.marks()) {
            if (mark.by() == null || !mark.by().startsWith("user_") || mark.what() != What.ANSWERED && mark.what() != What.REFUSED) {
                continue;
            }
            asked++;
            var measured = drawn.waits().get(mark.event());
            var stood = measured == null ? mark.since() : measured;
            if (stood == null || stood.isNegative() || mark.what() == What.REFUSED) {
                continue;
            }
            boolean quick = stood.toMillis() < 1_500;
            fast += quick ? 1 : 0;
            var stem = link(mark, sources.moments().clock(mark.time()) + ": answered after " + (measured == null ? "at most " : "") + Moments.span(stood));
            stem.addClassNames("stem", quick ? "fast" : "slow");
            at(stem, span.at(mark.time()));
            stem.getStyle().setHeight(percent(Math.max(8, height(stood.toMillis()) * .86)));
            track.add(stem);
        }
        track.addClassName("high");
        return lane("Asked", asked == 0 ? "nobody" : NumberLink.format(asked) + (fast == 0 ? "" : ", " + fast + " fast"), track, "asked");
    }

    /// On a scale of logarithms, percent.
    private static double height(double millis) {
        return Math.clamp(100 * Math.log(Math.max(1, millis) / FASTEST) / Math.log(SLOWEST / FASTEST), 4, 100);
    }

    private void lane(Div lanes, String name, Drawn drawn, What what, Span100 span) {
        var marks = drawn.marks().stream().filter(mark -> mark.what() == what).toList();
        if (marks.isEmpty()) {
            return;
        }
        var named = new LinkedHashSet<String>();
        var placed = new ArrayList<Placed>();
        for (var mark : marks) {
            boolean first = !mark.label().isEmpty() && named.add(mark.label());
            var sign = link(mark, sources.moments().clock(mark.time()) + ": " + words(mark));
            sign.addClassNames("sign", sign(mark));
            placed.add(new Placed(span.at(mark.time()), sign, first ? ClientText.line(mark.label(), 40) : null));
        }
        lanes.add(lane(name, NumberLink.format(what == What.REFUSED ? marks.size() : named.size()), placed(placed), what.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static String sign(Mark mark) {
        return switch (mark.what()) {
            case REFUSED -> mark.by() != null && mark.by().startsWith("user_") ? "cross" : "boxed";
            case MCP -> "diamond";
            case EGRESS -> "triangle";
            case ANSWERED, MODE -> "dot";
        };
    }

    private static String words(Mark mark) {
        return switch (mark.what()) {
            case REFUSED -> mark.by() != null && mark.by().startsWith("user_") ? "refused by a person" : "refused by settings or a hook";
            case MCP -> "MCP server " + InertText.plain(mark.label(), 80);
            case EGRESS -> "spoke to " + InertText.plain(mark.label(), 80);
            case ANSWERED, MODE -> InertText.plain(mark.label(), 80);
        };
    }

    private void alerts(Div lanes, Drawn drawn, Span100 span) {
        var placed = new ArrayList<Placed>();
        drawn.alerts().stream().filter(alert -> span.holds(alert.at())).sorted(Comparator.comparing(Alert::at)).forEach(alert -> {
            var link = new Anchor(Navigation.alert(alert.key()));
            link.setRouterIgnore(false);
            link.addClassNames("sign", "alert-sign");
            link.add(new SeverityMark(alert.severity()));
            link.getElement().setAttribute("title", sources.moments().clock(alert.at()) + ": " + InertText.plain(alert.title(), 120));
            var title = new OurText(InertText.line(alert.title(), 60));
            title.addClassName(SeverityMark.tone(alert.severity()));
            placed.add(new Placed(span.at(alert.at()), link, title));
        });
        if (!placed.isEmpty()) {
            lanes.add(lane("Alerts", NumberLink.format(placed.size()), placed(placed), "alerts-lane"));
        }
    }

    /// A label stands where the next mark is far enough away.
    private static Div placed(List<Placed> placed) {
        var track = track();
        for (int i = 0; i < placed.size(); i++) {
            var each = placed.get(i);
            at(each.mark(), each.at());
            track.add(each.mark());
            double room = (i + 1 < placed.size() ? placed.get(i + 1).at() : 101) - each.at();
            var label = each.label();
            if (label != null && room > LABEL) {
                var place = new Span(label);
                place.addClassName("label");
                at(place, each.at());
                place.getStyle().setMaxWidth(percent(room - 2));
                track.add(place);
            }
        }
        return track;
    }

    private Div gaps(Drawn drawn, Span100 span) {
        var track = track();
        long all = 0;
        for (var gap : Break.in(drawn.stretches())) {
            if (gap.missing() == 0) {
                continue;
            }
            all += gap.missing();
            var hatch = new Div();
            hatch.addClassName("gap");
            double from = span.at(gap.before().to());
            at(hatch, from);
            hatch.getStyle().setWidth(percent(Math.max(.5, span.at(gap.at()) - from)));
            var words = Break.words(gap.missing(), gap.before().lastSequence(), gap.after().firstSequence());
            hatch.getElement().setAttribute("title", words);
            var label = new Span(words);
            label.addClassName("label");
            at(label, Math.min(from, 70));
            track.add(hatch, label);
        }
        var lane = new Div();
        if (all > 0) {
            lane = lane("Missing", NumberLink.format(all), track, "gaps");
        }
        return lane;
    }

    private Anchor link(Mark mark, String words) {
        var link = new Anchor(Navigation.record(scope.person(), mark.session(), mark.event()));
        link.setRouterIgnore(false);
        link.getElement().setAttribute("title", words);
        link.getElement().setAttribute("aria-label", words);
        return link;
    }

    private static Div track() {
        var track = new Div();
        track.addClassName("track");
        return track;
    }

    private static Div lane(String name, String count, Div track, String style) {
        var title = new Div(new Span(name), new Span(count));
        title.addClassName("lane-name");
        var lane = new Div(title, track);
        lane.addClassNames("lane", style);
        return lane;
    }

    private static void at(Component mark, double percent) {
        mark.getStyle().setLeft(percent(percent));
    }

    private static String percent(double value) {
        return String.format(java.util.Locale.ROOT, "%.2f%%", value);
    }
}
