package io.trailwarden.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdviceTest {

    @Test
    void aFullDiskIsToldFromSharedMemoryThatIsTooSmall() {
        assertThat(Advice.on("initdb: error: could not write to file \"pg_wal/xlogtemp.9\": No space left on device"))
                .startsWith("no space left on the disk").contains("trailwarden.data-dir");
        assertThat(Advice.on("FATAL:  could not resize shared memory segment \"/PostgreSQL.5\" to 1048576 bytes: No space left on device"))
                .startsWith("shared memory (/dev/shm) is too small").doesNotContain("disk");
    }

    @Test
    void aUserWithoutANameIsExplained() {
        assertThat(Advice.on("initdb: could not look up effective user ID 10001: user does not exist"))
                .contains("10001", "/etc/passwd", "trailwarden.database.url");
    }

    @Test
    void whatIsNotKnownIsPassedOn() {
        assertThat(Advice.on("FATAL:  out of luck")).isEqualTo("FATAL:  out of luck");
    }
}
