package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.alert.Severity;
import io.trailwarden.rules.Document.GroupPart;
import io.trailwarden.rules.Document.What;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A document joined to those it refers to: one rule of a set, ready to run.
final class Rule {

    /// How long matches join an alert when the rule does not say.
    private static final Duration WINDOW = Duration.ofHours(1);

    private final int index;
    private final String id;
    private final Document document;
    private final int[] refs;
    private final String version;
    private final boolean silenced;
    private final FieldNames fields;

    /// @param index place in the set; those it refers to have lower ones
    /// @param refs indexes of the rules it refers to, as often and in the order it names them
    /// @param version hash of what decides about its findings
    /// @param silenced whether a correlation of its file speaks for it
    Rule(int index, String id, Document document, int[] refs, String version, boolean silenced, FieldNames fields) {
        this.index = index;
        this.id = id;
        this.document = document;
        this.refs = refs.clone();
        this.version = version;
        this.silenced = silenced;
        this.fields = fields;
    }

    int index() {
        return index;
    }

    /// Its name, or what stands for one.
    String id() {
        return id;
    }

    Document document() {
        return document;
    }

    int[] refs() {
        return refs;
    }

    String version() {
        return version;
    }

    boolean alerts() {
        return document.alerts() && !silenced;
    }

    Severity severity() {
        return Objects.requireNonNullElse(document.level(), Severity.INFORMATIONAL);
    }

    boolean attempts() {
        return document.block().attempts();
    }

    Duration window() {
        var window = document.block().window();
        if (window != null) {
            return window;
        }
        boolean longer = document.what() instanceof What.Correlation correlation && correlation.timespan().compareTo(WINDOW) > 0;
        return longer ? ((What.Correlation) document.what()).timespan() : WINDOW;
    }

    String fieldName(int field) {
        return fields.name(field);
    }

    RuleInfo info() {
        var block = document.block();
        return new RuleInfo(id, version, document.title(), severity(), document.file(), document.description(), document.tags(),
                block.needs(), block.sees(), block.misses(), block.runbook(), document.falsePositives());
    }

    /// Takes down the record at hand.
    ///
    /// @param extra what else tells alerts of this rule apart
    Subject subject(Row row, String extra) {
        var event = row.event();
        var sequence = event.sequence();
        boolean refused = row.refused();
        var says = Template.fill(document.block().evidence().render(row), java.util.Map.of());
        return new Subject(new Evidence(event.id(), row.time(), says), row.time(), event.person(), event.session(),
                event.seen().attributes().text("tool_use_id"), sequence == null ? -1 : sequence, refused,
                group(row, event.person(), event.session(), refused, extra), title(row));
    }

    /// Takes down a match of another rule as this rule's own.
    Subject subjectOf(Row row, Subject base, String extra) {
        return new Subject(base.evidence(), base.at(), base.person(), base.session(), base.toolUse(), base.sequence(), base.refused(),
                group(row, base.person(), base.session(), base.refused(), extra), title(row));
    }

    private String title(Row row) {
        return alerts() ? document.block().title().render(row) : "";
    }

    private String group(Row row, String person, @Nullable String session, boolean refused, String extra) {
        var written = document.block().groupBy();
        var parts = written == null ? usual() : written;
        var group = new StringBuilder();
        for (var part : parts) {
            group.append(switch (part) {
                case GroupPart.Person() -> person;
                case GroupPart.Session() -> String.valueOf(session);
                case GroupPart.Outcome() -> refused ? "refused" : "done";
                case GroupPart.OfField(int field) -> String.join(",", row.folded(field));
            }).append('\u0000');
        }
        return written == null || document.what() instanceof What.NewValue ? group.append(extra).toString() : group.toString();
    }

    private List<GroupPart> usual() {
        return switch (document.what()) {
            case What.Detection _, What.DecisionLatency _ -> List.of(new GroupPart.Person(), new GroupPart.Session(), new GroupPart.Outcome());
            case What.ModeTransition _, What.SequenceGap _ -> List.of(new GroupPart.Person(), new GroupPart.Session());
            case What.Streak _ -> List.of(new GroupPart.Person());
            case What.NewValue _, What.Correlation _ -> List.of(new GroupPart.Outcome());
        };
    }

    /// What remembers for this rule, or null when nothing has to be remembered.
    @Nullable Stateful memory(Stalest.Evictions evictions) {
        return switch (document.what()) {
            case What.Detection _ -> null;
            case What.Correlation correlation -> new Correlations(this, correlation, evictions);
            case What.ModeTransition transition -> new ModeTransitions(this, transition);
            case What.NewValue newValue -> new NewValues(this, newValue, evictions);
            case What.DecisionLatency latency -> new DecisionLatencies(this, latency, evictions);
            case What.Streak streak -> new Streaks(this, streak, evictions);
            case What.SequenceGap gap -> new SequenceGaps(this, gap, evictions);
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
