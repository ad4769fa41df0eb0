package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void withNothingSetThereIsNothingWrong() {
        assertThat(Settings.of(Map.of()).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "trailwarden.data-dir, ./data",
        "trailwarden.otlp.grpc.port, 4317",
        "trailwarden.otlp.http.port, 4318",
        "trailwarden.console.port, 8080",
        "trailwarden.bind, 127.0.0.1"})
    void theseAreTheDefaults(String key, String value) {
        var setting = Settings.ALL.stream().filter(candidate -> candidate.key().equals(key)).findFirst().orElseThrow();

        assertThat(Settings.of(Map.of()).get(setting)).isEqualTo(value);
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        var settings = Settings.of(Map.of(
                "trailwarden.console.port", "80800",
                "trailwarden.otlp.http.port", "http",
                "trailwarden.database.url", "jdbc:mysql://db/x",
                "trailwarden.otlp.grp.port", "4317"));

        assertThat(settings.problems()).containsExactly(
                "trailwarden.otlp.http.port must be a port from 1 to 65535, or 0 for a free one, got 'http'",
                "trailwarden.console.port must be a port from 1 to 65535, or 0 for a free one, got '80800'",
                "trailwarden.database.url must be a URL such as jdbc:postgresql://host:5432/trailwarden, got another (not shown)",
                "trailwarden.otlp.grp.port is no setting; did you mean trailwarden.otlp.grpc.port?");
    }

    @Test
    void twoServersCannotShareAPort() {
        var settings = Settings.of(Map.of("trailwarden.otlp.http.port", "8080"));

        assertThat(settings.problems()).containsExactly(
                "trailwarden.otlp.http.port and trailwarden.console.port are both 8080; each needs a port of its own");
    }

    @Test
    void aDatabaseOfOnesOwnNeedsItsUserToo() {
        assertThat(Settings.of(Map.of("trailwarden.database.url", "jdbc:postgresql://db/t")).problems()).hasSize(1).first().asString()
                .contains("trailwarden.database.user").contains("belong together");
    }

    @Test
    void theEnvironmentHasANameForEachSetting() {
        assertThat(Settings.DATA_DIR.environmentName()).isEqualTo("TRAILWARDEN_DATA_DIR");
        assertThat(Settings.GRPC_PORT.environmentName()).isEqualTo("TRAILWARDEN_OTLP_GRPC_PORT");
    }
}
