package io.trailwarden.rules;

import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Finding;
import io.trailwarden.alert.Finding.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/// Turns matches into findings: which alert they begin or join.
final class Grouping {

    private static final int OPEN_ALERTS = 50_000;
    private static final Comparator<Evidence> OLDEST_FIRST = Comparator.comparing(Evidence::time);

    private final Stalest<Open> byGroup;
    private final Stalest<Open> byCall;

    /// An alert that others may join.
    ///
    /// @param since when its first record happened
    private record Open(AlertKey key, Instant since) {
    }

    Grouping(Stalest.Evictions evictions) {
        byGroup = new Stalest<>(OPEN_ALERTS, evictions);
        byCall = new Stalest<>(OPEN_ALERTS, evictions);
    }

    Finding join(Match match) {
        var rule = match.rule();
        var subject = match.subject();
        var open = open(rule, match);
        boolean attempt = subject.refused() && rule.attempts();
        var severity = match.weak() ? rule.severity().lowered() : rule.severity();
        var title = Template.fill(subject.title(), match.facts());
        return new Finding(open.key(), rule.id(), rule.version(), attempt ? "Attempt: " + title : title,
                attempt ? severity.lowered() : severity, attempt, subject.person(), subject.session(), subject.at(),
                match.evidence().stream().sorted(OLDEST_FIRST).toList());
    }

    /// The records of one call belong together, whatever else tells alerts apart; then those of one group.
    private Open open(Rule rule, Match match) {
        var subject = match.subject();
        var group = rule.id() + '\u0000' + subject.group();
        var call = subject.toolUse() == null ? null
                : rule.id() + '\u0000' + subject.person() + '\u0000' + subject.session() + '\u0000' + subject.toolUse() + '\u0000' + subject.refused();
        boolean joinsByCall = call != null && !(rule.document().what() instanceof Document.What.NewValue);
        var open = joinsByCall ? byCall.get(String.valueOf(call)) : null;
        if (open == null) {
            open = byGroup.get(group);
            if (open == null || Duration.between(open.since(), subject.at()).abs().compareTo(rule.window()) > 0) {
                open = new Open(AlertKey.of(rule.id(), subject.group(), match.evidence().getFirst().event()), subject.at());
                byGroup.put(group, open);
            }
        }
        if (joinsByCall) {
            byCall.put(String.valueOf(call), open);
        }
        return open;
    }

    void save(StateWriter out) {
        byGroup.save(out, Grouping::save);
        byCall.save(out, Grouping::save);
    }

    private static void save(StateWriter out, Open open) {
        out.number(open.key().value().getMostSignificantBits()).number(open.key().value().getLeastSignificantBits()).time(open.since());
    }

    void restore(StateReader in) {
        byGroup.restore(in, () -> open(in));
        byCall.restore(in, () -> open(in));
    }

    private static Open open(StateReader in) {
        return new Open(new AlertKey(new UUID(in.number(), in.number())), in.time());
    }
}
