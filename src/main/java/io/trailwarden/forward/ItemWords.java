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
        var fields = event.fields();
        append(words, " ", fields.text("tool_name"));
        append(words, " ", fields.text("decision"));
        append(words, " by ", new EcsFields(event.name(), fields).decidedBy());
        if (!fields.has("decision")) {
            append(words, " ", fields.text("outcome"));
        }
        append(words, " from ", fields.text("from_mode"));
        append(words, " to ", fields.text("to_mode"));
        append(words, " ", fields.text("mcp.server"));
        append(words, ": ", fields.text("command.text"));
        return words.toString();
    }

    private static void append(StringBuilder words, String before, @Nullable String text) {
        if (text != null) {
            words.append(before).append(text);
        }
    }
}
