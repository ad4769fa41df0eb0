package io.trailwarden.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keys of groups, made of fields' values.
final class Groups {

    private Groups() {
    }

    /// The values of `fields`, absent ones as empty text.
    static String key(Row row, List<Integer> fields) {
        var key = new StringBuilder();
        for (int field : fields) {
            key.append(key.isEmpty() ? "" : "\u0000").append(String.join(",", row.folded(field)));
        }
        return key.toString();
    }

    /// One field's value for a match, which may be about another record than the one at hand; null when it is absent.
    static @Nullable String value(Row row, Match match, int field, String fieldName) {
        if (row.event().id().equals(match.subject().evidence().event())) {
            var texts = row.folded(field);
            return texts.length == 0 ? null : String.join(",", texts);
        }
        return switch (fieldName) {
            case "session.id" -> match.subject().session() == null ? null : Row.fold(java.util.Objects.requireNonNull(match.subject().session()));
            case "identity.person" -> Row.fold(match.subject().person());
            default -> null;
        };
    }
}
