package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.Hostile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyslogMessageTest {

    private static final Instant TIME = Instant.parse("2026-11-02T12:00:00.123456789Z");

    private static SyslogMessage message(int facility, int severity, String host, String app, String type, Map<String, String> parameters) {
        return new SyslogMessage(facility, severity, TIME, host, app, type, "trailwarden@32473", parameters);
    }

    @Test
    void everyPartStandsWhereTheGrammarHasIt() {
        var written = message(13, 2, "host.example", "trailwarden", "alert.raised", Map.of("id", "42")).with("grüß".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("<106>1 2026-11-02T12:00:00.123456Z host.example trailwarden - alert.raised [trailwarden@32473 id=\"42\"] \ufeffgrüß");
    }

    @Test
    void priorityIsEightTimesTheFacilityAndTheSeverity() {
        for (int facility = 0; facility <= 23; facility++) {
            for (int severity = 0; severity <= 7; severity++) {
                var read = SyslogReading.of(message(facility, severity, "h", "a", "t", Map.of()).with(new byte[0]));

                assertThat(read.facility()).isEqualTo(facility);
                assertThat(read.severity()).isEqualTo(severity);
            }
        }
        assertThatThrownBy(() -> message(24, 0, "h", "a", "t", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> message(0, 8, "h", "a", "t", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAreBoundedAndWhatIsMissingIsNil() {
        var read = SyslogReading.of(message(13, 6, "h".repeat(300), "a".repeat(300), "t".repeat(300), Map.of("n".repeat(99), "v")).with(new byte[0]));

        assertThat(read.host()).hasSize(255);
        assertThat(read.app()).hasSize(48);
        assertThat(read.process()).isEqualTo("-");
        assertThat(read.type()).hasSize(32);
        assertThat(read.parameters()).containsOnlyKeys("n".repeat(32));
        assertThat(SyslogReading.of(message(13, 6, "", "", "", Map.of()).with(new byte[0])).host()).isEqualTo("-");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileTextStaysWhereItWasPut(Hostile hostile) {
        var text = hostile.text();

        var read = SyslogReading.of(message(13, 6, text, text, text, Map.of("a", text, "b", "last")).with("said".getBytes(StandardCharsets.UTF_8)));

        assertThat(read.parameters()).containsEntry("a", Printable.of(text)).containsEntry("b", "last").hasSize(2);
        assertThat(read.parameters().toString().codePoints().filter(Printable::acts)).isEmpty();
        assertThat(read.text()).isEqualTo("said");
    }

    static List<Hostile> hostile() {
        return Hostile.all();
    }

    @Test
    void theFrameCountsOctetsNotCharacters() {
        var framed = SyslogMessage.framed("grüß".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(framed, StandardCharsets.UTF_8)).isEqualTo("6 grüß");
    }
}
