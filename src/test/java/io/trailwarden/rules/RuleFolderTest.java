package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFolderTest {

    @TempDir
    Path folder;

    /// As the kubelet lays it out, so that all files change at once when one link does.
    @Test
    void eachFileOfAMountedConfigMapIsReadOnce() throws IOException {
        var version = Files.createDirectory(folder.resolve("..2026_11_21_04_00_00.1234567890"));
        Files.writeString(version.resolve("own.yaml"), "title: Own");
        Files.createSymbolicLink(folder.resolve("..data"), version.getFileName());
        Files.createSymbolicLink(folder.resolve("own.yaml"), Path.of("..data", "own.yaml"));

        assertThat(RuleFolder.read(folder, "rules/")).containsExactly(new RuleFile("rules/own.yaml", "title: Own"));
    }

    @Test
    void aFolderMayLieBelowAHiddenOne() throws IOException {
        var own = Files.createDirectories(folder.resolve(".config/rules"));
        Files.writeString(Files.createDirectory(own.resolve("area")).resolve("own.yaml"), "title: Own");

        assertThat(RuleFolder.read(own, "rules/")).extracting(RuleFile::path).containsExactly("rules/area/own.yaml");
    }
}
