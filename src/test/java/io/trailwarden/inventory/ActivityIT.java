package io.trailwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.Fleet.Details;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people's agents did, added up over a real PostgreSQL.
class ActivityIT {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 2);
    private static final Instant FROM = Instant.parse("2026-11-02T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-03T00:00:00Z");

    private InventoryUnderTest inventory;

    @BeforeEach
    void begin() {
        inventory = new InventoryUnderTest(Map.of());
    }

    @AfterEach
    void end() throws InterruptedException {
        inventory.close();
    }

    @Test
    void decisionsAreCountedByWhoMadeThem() throws InterruptedException {
        inventory.take(decision("accept", "user_temporary", true, 1), decision("reject", "user_reject", true, 2),
                decision("accept", "config", false, 3), decision("reject", "hook", false, 4), decision("accept", "user_permanent", false, 5));

        var sums = inventory.activity().total(DAY, DAY.plusDays(1)).sums();

        assertThat(sums.askedAccepted()).isEqualTo(1);
        assertThat(sums.askedRefused()).isEqualTo(1);
        assertThat(sums.configAccepted()).as("a program repeats user_permanent for a saved rule: nobody was asked").isEqualTo(2);
        assertThat(sums.hookRefused()).isEqualTo(1);
        assertThat(sums.decisions()).isEqualTo(5);
        assertThat(sums.refused()).isEqualTo(2);
    }

    @Test
    void costAndTokensAreThoseOfRequestsAndNotOfMetrics() throws InterruptedException {
        inventory.take(
                Events.event("api_request", 1).with("cost_usd_micros", 1500).with("input_tokens", 10).with("output_tokens", 20)
                        .with("cache_read_tokens", 30).with("cache_creation_tokens", 5).build(),
                Events.event("api_request", 2).with("cost_usd", "0.25").build(),
                Events.event("api_request", 3).with("cost_usd_micros", Long.MAX_VALUE).with("input_tokens", -7).build(),
                Events.event("claude_code.cost.usage", 4).signal(Signal.METRIC).with("cost_usd", "9").build());

        var sums = inventory.activity().total(DAY, DAY.plusDays(1)).sums();

        assertThat(sums.costMicros()).as("no request counts for more than 1000 dollars").isEqualTo(1500 + 250_000 + 1_000_000_000L);
        assertThat(sums.tokensIn()).isEqualTo(15);
        assertThat(sums.tokensOut()).isEqualTo(20);
        assertThat(sums.tokensCached()).isEqualTo(30);
        assertThat(sums.requests()).isEqualTo(3);
        assertThat(sums.records()).isEqualTo(4);
    }

    @Test
    void theMedianWaitIsToldOfOnePersonAndOfEveryone() throws InterruptedException {
        inventory.take(wait("ana@example.com", 400, 1), wait("ana@example.com", 500, 2), wait("ana@example.com", 60_000, 3),
                wait("bo@example.com", 20_000, 4), wait("bo@example.com", 30_000, 5));

        var ana = inventory.activity().days("ana@example.com", DAY, DAY.plusDays(1)).getFirst();
        var everyone = inventory.activity().days(DAY, DAY.plusDays(1)).getFirst();

        assertThat(ana.sums().waits()).isEqualTo(3);
        assertThat(ana.sums().waited()).isEqualTo(Duration.ofMillis(60_900));
        assertThat(ana.medianWait()).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
        assertThat(everyone.medianWait()).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(24));
        assertThat(everyone.people()).isEqualTo(2);
    }

    @Test
    void peopleAreCountedPerHourAndModeAndModesAreFew() throws InterruptedException {
        inventory.take(
                mode("ana@example.com", "auto", 1), mode("ana@example.com", "auto", 2), mode("bo@example.com", "auto", 3),
                mode("bo@example.com", "made-up", 4), mode("ana@example.com", "plan", 3601));

        var hours = inventory.activity().hours(FROM, TO);

        assertThat(hours).extracting(hour -> hour.hour() + " " + hour.mode() + " " + hour.people() + " " + hour.sums().records()).containsExactly(
                "2026-11-02T12:00:00Z auto 2 3", "2026-11-02T12:00:00Z other 1 1", "2026-11-02T13:00:00Z plan 1 1");
        assertThat(inventory.activity().hours("bo@example.com", FROM, TO)).hasSize(2);
        assertThat(inventory.activity().days(List.of("ana@example.com", "bo@example.com", "nobody"), DAY, DAY.plusDays(1)))
                .containsOnlyKeys("ana@example.com", "bo@example.com");
    }

    @Test
    void whatClientsSaidLastIsKnownOfEachPerson() throws InterruptedException {
        inventory.take(
                Events.event("managed_settings_resolved", 1).of("ana@example.com").resource("service.version", "2.1.329")
                        .with("managed_settings.sources", Value.of(List.of("remote"))).derived("policy.managed", Value.of(true)).build(),
                Events.decision("Bash", "accept", 2).of("ana@example.com").derived("details.present", Value.of(false)).build(),
                Events.event("managed_settings_resolved", 3).of("bo@example.com").resource("service.version", "2.1.200")
                        .derived("policy.managed", Value.of(false)).build(),
                mode("carl@example.com", "plan", 4));

        var now = inventory.activity().now(FROM);
        var states = inventory.activity().states(List.of("ana@example.com", "carl@example.com", "nobody"));

        assertThat(now.people()).isEqualTo(3);
        assertThat(now.managed()).isEqualTo(1);
        assertThat(now.unmanaged()).isEqualTo(1);
        assertThat(now.policyUnknown()).isEqualTo(1);
        assertThat(now.byDetails()).isEqualTo(Map.of(Details.FULL, 0L, Details.PART, 0L, Details.NONE, 1L, Details.NOT_TOLD, 2L));
        assertThat(now.byMode()).isEqualTo(Map.of("", 2L, "plan", 1L));
        assertThat(now.byVersion()).containsEntry("2.1.329", 1L).containsEntry("2.1.200", 1L);
        assertThat(states).containsOnlyKeys("ana@example.com", "carl@example.com");
        assertThat(states.values()).extracting(Activity.State::managedSources).containsExactlyInAnyOrder("remote", null);
        assertThat(states.values()).extracting(Activity.State::details).containsExactlyInAnyOrder(Details.NONE, Details.NOT_TOLD);
        assertThat(inventory.activity().now(TO).people()).isZero();
    }

    @Test
    void detailsComeInPartWhereCallsWithAndWithoutAreLessThanAWeekApart() throws InterruptedException {
        inventory.take(details("two machines", true, 0), details("two machines", false, 5), details("two machines", true, 9),
                details("switched on", false, 10), details("switched on", true, 8 * 86_400),
                details("switched off", true, 20), details("switched off", false, 9 * 86_400),
                details("never off", true, 30), details("came back", false, 40));
        inventory.take(details("came back", true, 60));

        var states = inventory.activity().states(List.of("two machines", "switched on", "switched off", "never off", "came back"));

        assertThat(states).extractingFromEntries(Map.Entry::getKey, state -> state.getValue().details()).containsExactlyInAnyOrder(
                tuple("two machines", Details.PART), tuple("switched on", Details.FULL), tuple("switched off", Details.NONE),
                tuple("never off", Details.FULL), tuple("came back", Details.PART));
    }

    private static AuditEvent details(String person, boolean present, long seconds) {
        return Events.decision("Bash", "accept", seconds).of(person).derived("details.present", Value.of(present)).build();
    }

    private static AuditEvent decision(String decision, String source, boolean human, long seconds) {
        return Events.event("tool_decision", seconds).with("tool_name", "Bash").with("decision", decision).with("source", source)
                .derived("decision.human", Value.of(human)).build();
    }

    private static AuditEvent wait(String person, long millis, long seconds) {
        return Events.event("claude_code.tool.blocked_on_user", seconds).signal(Signal.SPAN).of(person)
                .derived("decision.human", Value.of(true)).derived("decision.wait_ms", Value.of(millis)).build();
    }

    private static AuditEvent mode(String person, String mode, long seconds) {
        return Events.decision("Read", "accept", seconds).of(person).in(person).with("permission_mode", mode).build();
    }
}
