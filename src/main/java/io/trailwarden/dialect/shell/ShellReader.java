package io.trailwarden.dialect.shell;

import java.util.List;

/// Placeholder until the reader lands from its own branch.
public final class ShellReader {
    public CommandFacts read(String command) {
        return new CommandFacts(false, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
