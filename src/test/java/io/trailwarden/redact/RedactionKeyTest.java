package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionKeyTest {

    @TempDir
    private Path data;

    @Test
    void theKeyIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
        var key = RedactionKey.in(data.resolve("new"));

        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(RedactionKey.in(data.resolve("new"))).isEqualTo(key);
        var file = data.resolve("new/redaction.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (var files = Files.list(data.resolve("new"))) {
            assertThat(files.toList()).isEqualTo(List.of(file));
        }
    }

    @Test
    void aDamagedKeyStopsTheStart() throws IOException {
        Files.write(data.resolve("redaction.key"), new byte[7]);

        assertThatThrownBy(() -> RedactionKey.in(data)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("redaction.key").hasMessageContaining("32 bytes, got 7").hasMessageContaining("restore it");
    }
}
