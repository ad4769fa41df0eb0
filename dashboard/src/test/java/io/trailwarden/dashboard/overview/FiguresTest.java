package io.trailwarden.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.overview.PolicyPart.Missing;
import io.trailwarden.inventory.Activity.Hour;
import io.trailwarden.inventory.Activity.Sums;
import io.trailwarden.rules.BlindSpot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Instant NOON = Instant.parse("2026-11-19T12:10:00Z");

    @Test
    void aShareNeverRoundsSomethingToNothingNorMostToAll() {
        assertThat(List.of(Figures.share(0, 0), Figures.share(0, 9), Figures.share(1, 1000), Figures.share(1, 3), Figures.share(999, 1000),
                Figures.share(5, 5))).containsExactly("·", "0 %", "under 1 %", "33 %", "over 99 %", "100 %");
    }

    @Test
    void moneyHasCentsWhereTheyMatter() {
        assertThat(List.of(Figures.dollars(0), Figures.dollars(12_345_000), Figures.dollars(2_911_400_000L)))
                .containsExactly("$0.00", "$12.35", "$2,911");
    }

    @Test
    void bigNumbersAreToldRoughly() {
        assertThat(List.of(Figures.rough(9_999), Figures.rough(12_480), Figures.rough(3_200_000), Figures.rough(14_000_000_000L)))
                .containsExactly("9,999", "12 k", "3.2 M", "14 G");
    }

    @Test
    void hoursFallIntoTheDaysOfTheViewer() {
        var berlin = ZoneId.of("Europe/Berlin");
        var week = ModeWeek.of(List.of(hour("2026-11-12T23:00:00Z", "auto", 4), hour("2026-11-12T22:00:00Z", "auto", 9),
                hour("2026-11-19T12:00:00Z", "plan", 2), hour("2026-11-12T12:00:00Z", "plan", 5)), NOON, berlin);

        assertThat(week.days()).startsWith(LocalDate.parse("2026-11-13")).endsWith(LocalDate.parse("2026-11-19")).hasSize(7);
        assertThat(week.people("auto").getFirst()).isEqualTo(4);
        assertThat(week.people("plan").get(6 * 24 + 13)).isEqualTo(2);
        assertThat(week.weekAgo("plan")).isEqualTo(5);
        assertThat(week.most()).isEqualTo(4);
        assertThat(week.table().rows().getFirst()).startsWith("2026-11-13", "0", "4");
    }

    @Test
    void aWeekWithoutARecordIsAWeekOfNobody() {
        assertThat(ModeWeek.of(List.of(), NOON, ZoneOffset.UTC).people("auto")).hasSize(168).containsOnly(0L);
    }

    @Test
    void whatIsMissingIsToldBySetting() {
        assertThat(Missing.of(List.of(new BlindSpot("a", 4, "OTEL_LOG_TOOL_DETAILS"), new BlindSpot("b", 9, "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA"),
                new BlindSpot("c", 4, "OTEL_LOG_TOOL_DETAILS")))).containsExactly(
                        new Missing("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", 1, 9), new Missing("OTEL_LOG_TOOL_DETAILS", 2, 4));
    }

    @Test
    void aChangeHasItsSign() {
        assertThat(List.of(ModesPart.change(61), ModesPart.change(0), ModesPart.change(-19))).containsExactly("+61", "·", "−19");
    }

    private static Hour hour(String at, String mode, long people) {
        return new Hour(Instant.parse(at), mode, people, Sums.NONE);
    }
}
