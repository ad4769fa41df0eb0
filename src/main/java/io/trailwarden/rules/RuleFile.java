package io.trailwarden.rules;

import java.nio.file.Path;

/// A rule file as it is written.
///
/// @param path as people know it, such as `rules/mcp/unknown_server.yaml`
record RuleFile(String path, String text) {

    /// The file's name without folder and ending.
    String baseName() {
        var name = String.valueOf(Path.of(path).getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
