package io.trailwarden.dialect;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Origin;
import org.jspecify.annotations.Nullable;

/// Who a record says it is from; what the record itself says goes before its resource.
final class Identities {

    /// In this order: a signed-in client's e-mail, what the company set, the random id of the installation.
    private static final String[] PERSON = {"user.email", "enduser.id", "user.id"};

    /// Longer names are nobody's, and would only fill an index.
    private static final int LONGEST = 320;

    private Identities() {
    }

    static String person(Attributes attributes, Attributes resource) {
        for (var key : PERSON) {
            var name = either(key, attributes, resource);
            if (name != null && !name.isBlank()) {
                return shortened(name);
            }
        }
        return Origin.UNKNOWN_PERSON;
    }

    static @Nullable String session(Attributes attributes, Attributes resource) {
        var session = either("session.id", attributes, resource);
        return session == null || session.isBlank() ? null : shortened(session);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    private static @Nullable String either(String key, Attributes attributes, Attributes resource) {
        var own = attributes.text(key);
        return own == null ? resource.text(key) : own;
    }
}
