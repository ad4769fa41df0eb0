package io.trailwarden.dashboard.alert;

import io.trailwarden.alert.Alert;
import io.trailwarden.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/// Words of a rule, such as an alert's title, told apart again into our words and what a client said in them, so that a reader sees who is speaking.
///
/// @param text words as they stand in the title
/// @param theirs whether a client said them
record Story(String text, boolean theirs) {

    /// Fields that titles of rules quote.
    private static final List<String> QUOTED = List.of("command.text", "file.path", "file.reads", "file.writes", "file.deletes", "command.reads",
            "command.writes", "egress.host", "egress.url", "command.hosts", "command.remotes", "command.programs", "command.calls", "mcp.server",
            "mcp.tool", "server_name", "tool_name", "mode.stated", "from_mode", "to_mode", "plugin.name", "hook_name", "permission_mode");

    /// A title shows a value up to here, and then says that there was more.
    private static final int CUT = 120;

    /// Shorter values are found in words of ours by chance.
    private static final int LEAST = 3;

    /// The title of `alert` in parts, as far as `evidence` tells which words are a client's.
    static List<Story> of(Alert alert, Collection<StoredEvent> evidence) {
        return of(alert.title(), evidence);
    }

    /// Words of a rule in parts, as far as `evidence` tells which of them are a client's.
    static List<Story> of(String words, Collection<StoredEvent> evidence) {
        var parts = new ArrayList<>(List.of(new Story(words, false)));
        values(evidence).forEach(value -> split(parts, value));
        return parts;
    }

    /// Values as titles show them, longest first so that a host inside a command stays there.
    private static List<String> values(Collection<StoredEvent> evidence) {
        var values = new LinkedHashSet<String>();
        for (var record : evidence) {
            for (var field : QUOTED) {
                var value = record.event().field(field);
                if (value != null) {
                    value.asTexts().forEach(text -> values.add(text.length() > CUT ? text.substring(0, CUT) : text));
                }
            }
            values.add(record.event().person());
        }
        return values.stream().filter(value -> value.length() >= LEAST).sorted(Comparator.comparing(String::length).reversed()).limit(200).toList();
    }

    private static void split(List<Story> parts, String value) {
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            int at = part.theirs() ? -1 : find(part.text(), value);
            if (at >= 0) {
                int end = at + value.length();
                end += value.length() == CUT && part.text().startsWith("…", end) ? 1 : 0;
                var split = List.of(new Story(part.text().substring(0, at), false), new Story(part.text().substring(at, end), true),
                        new Story(part.text().substring(end), false));
                parts.remove(i);
                parts.addAll(i, split.stream().filter(one -> !one.text().isEmpty()).toList());
            }
        }
    }

    /// Where `value` stands as words of its own.
    private static int find(String text, String value) {
        for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
            int end = at + value.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)) || !Character.isLetterOrDigit(text.charAt(at));
            boolean ends = end == text.length() || value.length() == CUT || !Character.isLetterOrDigit(text.charAt(end))
                    || !Character.isLetterOrDigit(text.charAt(end - 1));
            if (begins && ends) {
                return at;
            }
        }
        return -1;
    }
}
