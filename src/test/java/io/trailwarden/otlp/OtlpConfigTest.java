package io.trailwarden.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpConfigTest {

    @Test
    void theseAreTheDefaults() {
        var config = config(Map.of());

        assertThat(config.http().port()).isEqualTo(4318);
        assertThat(config.http().patience()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(config.http().bodyTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.grpc().port()).isEqualTo(4317);
        assertThat(config.grpc().patience()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.grpc().maxCallsPerConnection()).isEqualTo(100);
        assertThat(config.grpc().maxConnectionAge()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.grpc().maxConnectionIdle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.maxBody().asLongValue()).isEqualTo(16 << 20);
        assertThat(config.maxInflated().asLongValue()).isEqualTo(64 << 20);
        assertThat(config.maxRatio()).isEqualTo(100);
        assertThat(config.maxRecords()).isEqualTo(50_000);
        assertThat(config.maxValues()).isEqualTo(2_000_000);
        assertThat(config.maxMemory().asLongValue()).isEqualTo(256 << 20);
        assertThat(config.keepUnreadableBeginning()).isFalse();
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyKeyMaps() {
        var config = config(Map.ofEntries(Map.entry("http.port", "1"), Map.entry("http.patience", "2s"), Map.entry("http.idle-timeout", "3s"),
                Map.entry("http.body-timeout", "4s"), Map.entry("grpc.port", "5"), Map.entry("grpc.patience", "6s"),
                Map.entry("grpc.max-calls-per-connection", "7"), Map.entry("grpc.max-connection-age", "8s"),
                Map.entry("grpc.max-connection-idle", "9s"), Map.entry("max-body", "10"), Map.entry("max-inflated", "11"),
                Map.entry("max-ratio", "12"), Map.entry("max-records", "13"), Map.entry("max-values", "14"), Map.entry("max-memory", "15"),
                Map.entry("keep-unreadable-beginning", "true"), Map.entry("stop-grace", "16s")));

        assertThat(config.http().port()).isEqualTo(1);
        assertThat(config.http().patience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.http().bodyTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.grpc().port()).isEqualTo(5);
        assertThat(config.grpc().patience()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.grpc().maxCallsPerConnection()).isEqualTo(7);
        assertThat(config.grpc().maxConnectionAge()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.grpc().maxConnectionIdle()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.maxBody().asLongValue()).isEqualTo(10);
        assertThat(config.maxInflated().asLongValue()).isEqualTo(11);
        assertThat(config.maxRatio()).isEqualTo(12);
        assertThat(config.maxRecords()).isEqualTo(13);
        assertThat(config.maxValues()).isEqualTo(14);
        assertThat(config.maxMemory().asLongValue()).isEqualTo(15);
        assertThat(config.keepUnreadableBeginning()).isTrue();
        assertThat(config.stopGrace()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void memoryMustHoldOneRequest() {
        assertThatThrownBy(() -> new OpenDoor("max-memory", "100M"))
                .hasMessage("trailwarden.otlp.max-memory must hold one request, that is max-body and twice max-inflated, 150994944 bytes; got 104857600");
    }

    private static OtlpConfig config(Map<String, String> settings) {
        var values = new HashMap<String, String>();
        settings.forEach((key, value) -> values.put("trailwarden.otlp." + key, value));
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(OtlpConfig.class).withDefaultValues(values).build()
                .getConfigMapping(OtlpConfig.class);
    }
}
