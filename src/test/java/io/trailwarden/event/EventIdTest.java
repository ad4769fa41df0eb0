package io.trailwarden.event;

import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void theSameContentHasTheSameIdWheneverItIsReceived() {
        var said = event("tool_decision", 3).with("tool_name", "Bash").observation();

        var first = AuditEvent.of(said, Instant.parse("2026-11-02T12:00:05Z"));
        var again = AuditEvent.of(said, Instant.parse("2026-11-09T08:00:00Z"));

        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void theOrderOfAttributesMeansNothing() {
        var one = event("x", 0).with("a", "1").with("b", "2").build();
        var other = event("x", 0).with("b", "2").with("a", "1").build();

        assertThat(other.id()).isEqualTo(one.id());
    }

    @Test
    void sessionAndSequenceAloneDoNotMakeTwoRecordsOne() {
        var before = event("user_prompt", 0).with("event.sequence", 0).build();
        var resumed = event("user_prompt", 60).with("event.sequence", 0).build();

        assertThat(resumed.id()).isNotEqualTo(before.id());
    }

    @Test
    void aNumberAndItsTextAreTwoDifferentThings() {
        assertThat(event("x", 0).with("a", 1).build().id()).isNotEqualTo(event("x", 0).with("a", "1").build().id());
    }

    @Test
    void aBetterReadingOfOldRecordsKeepsTheirIds() {
        var plain = event("x", 0).build();
        var understood = event("x", 0).derived("tool.kind", Value.of("exec")).build();

        assertThat(understood.id()).isEqualTo(plain.id());
    }

    @Test
    void whereARecordComesFromIsPartOfItsId() {
        var plain = event("x", 0).common("a", "1").build().id();

        assertThat(event("x", 0).common("a", "1").build().id()).isEqualTo(plain);
        assertThat(event("x", 0).common("a", "2").build().id()).isNotEqualTo(plain);
        assertThat(event("x", 0).resource("a", "1").build().id()).isNotEqualTo(plain);
        var other = from(new Origin("another", "user@example.com", "s1", Attributes.NONE, "scope", "1", Attributes.NONE));
        assertThat(other).isNotEqualTo(from(new Origin("token", "user@example.com", "s1", Attributes.NONE, "scope", "1", Attributes.NONE)));
        assertThat(other).isNotEqualTo(from(new Origin("another", "user@example.com", "s1", Attributes.NONE, "scope1", "", Attributes.NONE)));
    }

    private static EventId from(Origin origin) {
        return EventId.of(new Observation(Signal.LOG, "x", Events.NOON, origin, Attributes.NONE, Attributes.NONE, Attributes.NONE));
    }

    @Test
    void idsAreVersionEightUuidsThatSortByTime() {
        var early = event("x", 0).build().id().value();
        var late = event("x", 1).build().id().value();

        assertThat(early.version()).isEqualTo(8);
        assertThat(early.variant()).isEqualTo(2);
        assertThat(early.getMostSignificantBits() >>> 16).isEqualTo(Events.NOON.toEpochMilli());
        assertThat(late).isGreaterThan(early);
    }

    @Test
    void timesBeyondTheRangeStillHaveIds() {
        var origin = event("x", 0).observation().origin();

        for (var time : new Instant[] {Instant.MIN, Instant.MAX, Instant.EPOCH.minusSeconds(1)}) {
            var absurd = new Observation(Signal.LOG, "x", time, origin, Attributes.NONE, Attributes.NONE, Attributes.NONE);
            assertThat(EventId.of(absurd).value().version()).isEqualTo(8);
        }
    }
}
