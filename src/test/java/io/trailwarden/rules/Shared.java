package io.trailwarden.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Test data beside the project, which is not part of it.
final class Shared {

    private Shared() {
    }

    /// The file or folder at `path`, where there is one.
    static Optional<Path> find(String path) {
        return Stream.of("../shared", "../../shared").map(folder -> Path.of(folder).resolve(path)).filter(Files::exists).findFirst();
    }
}
