package io.trailwarden.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirLockTest {

    @TempDir
    Path dataDir;

    @Test
    void aSecondProgramIsTurnedAwayAndToldWhoHasIt() {
        try (var _ = DataDirLock.take(dataDir)) {
            assertThatThrownBy(() -> DataDirLock.take(dataDir)).isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("is in use by another Trailwarden, process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aDirectoryGivenBackCanBeTakenAgain() {
        DataDirLock.take(dataDir).close();

        try (var again = DataDirLock.take(dataDir)) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void aMissingDirectoryIsMade() {
        try (var _ = DataDirLock.take(dataDir.resolve("new/one"))) {
            assertThat(dataDir.resolve("new/one/.lock")).exists();
        }
    }

    @Test
    void aFileInItsPlaceIsNamed() throws Exception {
        var file = Files.createFile(dataDir.resolve("file"));

        assertThatThrownBy(() -> DataDirLock.take(file)).isInstanceOf(DatabaseNotStarted.class).hasMessageContaining("trailwarden.data-dir");
    }
}
