package io.trailwarden.forward;

import org.jspecify.annotations.Nullable;

/// An item in a few words, for the column that a SIEM shows first.
final class ItemWords {

    private ItemWords() {
    }

    static String of(Item item) {
        return switch (item) {
            case Item.OfAlert alert -> of(alert);
            case Item.OfEvent event -> of(event);
        };
    }

    private static String of(Item.OfAlert item) {
        var change = item.change();
        var title = item.alert().title();
        var by = change.by() == null ? "" : " by " + change.by();
        return switch (change.kind()) {
            case RAISED -> title;
            case ACKNOWLEDGED -> "Acknowledged" + by + ": " + title;
            case ASSIGNED -> "Assigned to " + change.assignee() + by + ": " + title;
            case UNASSIGNED -> "Assigned to nobody" + by + ": " + title;
            case REOPENED -> "Opened again" + by + ": " + title;
            case COMMENTED -> "Commented" + by + ": " + title;
            case CLOSED -> "Closed" + by + (change.reason() == null ? "" : " as " + change.reason()) + ": " + title;
        };
    }

    private static String of(Item.OfEvent event) {
        var words = new StringBuilder(event.name());
        append(words, " ", event.fields().text("tool_name"));
        append(words, " ", event.fields().text("decision"));
        append(words, " by ", event.fields().text("decision.by"));
        append(words, " ", event.fields().text("outcome"));
        append(words, ": ", event.fields().text("command.text"));
        return words.toString();
    }

    private static void append(StringBuilder words, String before, @Nullable String text) {
        if (text != null) {
            words.append(before).append(text);
        }
    }
}
