package io.trailwarden.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {

    @Test
    void theseAreTheDefaults() {
        var config = TrailUnderTest.settings(Map.of());

        assertThat(config.batchRecords()).isEqualTo(5000);
        assertThat(config.gather()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.retryShortest()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.retryLongest()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.patience()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.rememberedOrigins()).isEqualTo(10_000);
        assertThat(config.rememberedIds()).isEqualTo(200_000);
        assertThat(config.tailRecords()).isEqualTo(20_000);
        assertThat(config.tailMemory().asLongValue()).isEqualTo(32 << 20);
    }

    @Test
    void everyKeyMaps() {
        var config = TrailUnderTest.settings(Map.of("trailwarden.store.batch-records", "7", "trailwarden.store.gather", "1s",
                "trailwarden.store.retry-shortest", "2s", "trailwarden.store.retry-longest", "3s", "trailwarden.store.patience", "4s",
                "trailwarden.store.remembered-origins", "500", "trailwarden.store.remembered-ids", "6000",
                "trailwarden.store.tail-records", "8", "trailwarden.store.tail-memory", "9M"));

        assertThat(config.batchRecords()).isEqualTo(7);
        assertThat(config.gather()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retryShortest()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.retryLongest()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.rememberedOrigins()).isEqualTo(500);
        assertThat(config.rememberedIds()).isEqualTo(6000);
        assertThat(config.tailRecords()).isEqualTo(8);
        assertThat(config.tailMemory().asLongValue()).isEqualTo(9 << 20);
    }
}
