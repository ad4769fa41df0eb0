package io.trailwarden.alert;

import io.trailwarden.event.EventId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Names an alert by what it is about, so that the same records give the same alert, live or replayed.
///
/// @param value a name-based UUID over rule, group and first record
public record AlertKey(UUID value) {

    /// The key of an alert of `rule` for `group`, begun by `first`.
    public static AlertKey of(String rule, String group, EventId first) {
        var name = rule + '\u0000' + group + '\u0000' + first;
        return new AlertKey(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
