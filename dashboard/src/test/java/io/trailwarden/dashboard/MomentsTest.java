package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {

    private static final Instant NOW = Instant.parse("2026-11-19T13:15:00Z");

    private final Moments moments = new Moments(() -> NOW, ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({"0, just now", "400, just now", "12000, 12 s ago", "59999, 59 s ago", "659000, 10 min ago", "6720000, 1 h 52 ago",
        "3600000, 1 h ago", "259200000, 3 d ago", "-180000, in 3 min"})
    void agesAreReadAtAGlance(long millisAgo, String expected) {
        assertThat(moments.ago(NOW.minusMillis(millisAgo))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"12, 12 ms", "999, 999 ms", "1000, 1 s", "4100, 4.1 s", "5237, 5.2 s", "9999, 9.9 s", "41000, 41 s", "200000, 3 min 20",
        "660000, 11 min", "6720000, 1 h 52"})
    void lengthsKeepTheirUnit(long millis, String expected) {
        assertThat(Moments.span(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void timesAreTheViewersAndUtcOnHover() {
        var then = Instant.parse("2026-11-19T13:04:19.250Z");

        assertThat(moments.at(then)).isEqualTo("14:04:19");
        assertThat(Moments.utc(then)).isEqualTo("2026-11-19 13:04:19.250 UTC");
    }

    @Test
    void otherDaysAreNamed() {
        assertThat(moments.at(Instant.parse("2026-11-18T08:02:00Z"))).isEqualTo("Wed 18 Nov, 09:02");
        assertThat(moments.at(Instant.parse("2025-11-18T08:02:00Z"))).isEqualTo("18 Nov 2025");
    }

    @Test
    void aRowUnderANewerDaySaysItsOwn() {
        assertThat(moments.under(NOW, Instant.parse("2026-11-19T08:02:03Z"))).isEqualTo("09:02:03");
        assertThat(moments.under(NOW, Instant.parse("2026-11-18T08:02:03Z"))).isEqualTo("18 Nov 09:02");
    }

    @Test
    void aSessionOfTodayHasAnEndAndAnOlderOneADay() {
        assertThat(moments.fromTo(Instant.parse("2026-11-19T12:00:00Z"), NOW)).isEqualTo("13:00 to 14:15");
        assertThat(moments.fromTo(Instant.parse("2026-11-19T12:00:00Z"), Instant.parse("2026-11-19T12:00:30Z"))).isEqualTo("13:00");
        assertThat(moments.fromTo(Instant.parse("2026-11-18T08:02:00Z"), NOW)).isEqualTo("Wed 18 Nov, 09:02");
    }
}
