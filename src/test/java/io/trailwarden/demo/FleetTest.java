package io.trailwarden.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");

    @Test
    void theSameSeedAndMomentGiveTheSameRecords() {
        assertThat(Fleet.until(NOW, 7).records()).isEqualTo(Fleet.until(NOW, 7).records());
        assertThat(Fleet.until(NOW, 8).records()).isNotEqualTo(Fleet.until(NOW, 7).records());
    }

    @Test
    void sixtyPeopleWorkForTwoWeeksUpToNow() {
        var records = Fleet.until(NOW, InventedTrail.SEED).records();

        assertThat(records).hasSizeBetween(60_000, 100_000);
        assertThat(records.getLast().at()).isBetween(NOW.minus(Duration.ofMinutes(2)), NOW);
        assertThat(records.getFirst().at()).isBetween(NOW.minus(Duration.ofDays(16)), NOW.minus(Duration.ofDays(13)));
    }

    @Test
    void everyRecordIsOneThatTheClientIsKnownToSend() {
        var events = InventedTrail.until(NOW);

        assertThat(events.stream().map(event -> event.event().person()).collect(Collectors.toSet())).hasSize(60)
                .allMatch(Fleet::isInvented);
        assertThat(events.stream().filter(event -> event.event().signal() == Signal.LOG).map(event -> event.event().name()).collect(Collectors.toSet()))
                .isSubsetOf(Set.of("managed_settings_resolved", "plugin_loaded", "mcp_server_connection", "permission_mode_changed", "user_prompt",
                        "api_request", "tool_decision", "tool_result", "assistant_response"));
        assertThat(events).allMatch(event -> event.event().session() != null);
        assertThat(events.stream().map(event -> event.event().id()).collect(Collectors.toSet())).hasSameSizeAs(events);
    }

    @Test
    void aTrickleGivesWhatHappenedSinceItWasAskedLast() {
        var trickle = new Trickle(NOW, 7);
        var first = trickle.due(NOW);
        var minutes = new ArrayList<Telemetry>();
        for (int second = 1; second <= 300; second++) {
            var now = NOW.plusSeconds(second);
            var due = trickle.due(now);
            assertThat(due).allMatch(record -> !record.at().isAfter(now));
            minutes.addAll(due);
        }

        assertThat(first).hasSizeLessThan(30);
        assertThat(minutes).hasSizeBetween(200, 2_000).isSortedAccordingTo(Comparator.comparing(Telemetry::at));
    }
}
