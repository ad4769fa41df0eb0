package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SenderAddressTest {

    @Test
    void theOperatorsUrlIsTakenAsItIs() {
        var settings = Settings.of(Map.of("trailwarden.public.otlp-url", "https://telemetry.example.com/otlp"));

        assertThat(SenderAddress.otlpHttp(settings, "10.0.0.7")).hasToString("https://telemetry.example.com/otlp");
    }

    @Test
    void withoutOneItIsTheDoorsPortWhereTheConsoleWasReached() {
        var settings = Settings.of(Map.of("trailwarden.otlp.http.port", "14318"));

        assertThat(SenderAddress.otlpHttp(settings, "[2001:db8::7]")).hasToString("http://[2001:db8::7]:14318");
    }

    @Test
    void aUrlWithCredentialsIsRefusedAndNotRepeated() {
        var settings = Settings.of(Map.of("trailwarden.public.otlp-url", "https://user:hunter2@telemetry.example.com"));

        assertThat(settings.problems()).singleElement().asString()
                .contains("trailwarden.public.otlp-url must be a URL such as https://telemetry.example.com").doesNotContain("hunter2");
    }
}
