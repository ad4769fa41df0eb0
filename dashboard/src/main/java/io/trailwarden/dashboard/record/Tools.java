package io.trailwarden.dashboard.record;

import java.util.Set;

/// The client's own tools. Their names are printed like our words; any other name is text that somebody chose.
final class Tools {

    private static final Set<String> BUILT_IN = Set.of("Bash", "PowerShell", "Monitor", "Read", "Grep", "Glob", "NotebookRead",
            "Edit", "Write", "MultiEdit", "NotebookEdit", "WebFetch", "WebSearch", "Agent", "Task", "Skill", "TodoWrite",
            "ExitPlanMode", "AskUserQuestion", "ToolSearch", "KillShell", "BashOutput", "LSP");

    private Tools() {
    }

    static boolean known(String tool) {
        return BUILT_IN.contains(tool);
    }
}
