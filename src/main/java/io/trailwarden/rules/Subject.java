package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a match is about, taken down while its record is at hand, because a detector may only later know that it matters.
///
/// @param evidence the record itself and what it shows
/// @param at when it happened
/// @param toolUse the tool call, null when there is none
/// @param sequence `event.sequence`, -1 when there is none
/// @param refused whether somebody or something said no
/// @param group what tells alerts of the rule apart
/// @param title the alert's title, facts still open; empty for rules that raise nothing
record Subject(Evidence evidence, Instant at, String person, @Nullable String session, @Nullable String toolUse, long sequence,
        boolean refused, String group, String title) {

    void save(StateWriter out) {
        out.evidence(evidence).time(at).text(person).text(session).text(toolUse).number(sequence).flag(refused).text(group).text(title);
    }

    static Subject restore(StateReader in) {
        return new Subject(in.evidence(), in.time(), in.text(), in.textOrNull(), in.textOrNull(), in.number(), in.flag(), in.text(), in.text());
    }
}
