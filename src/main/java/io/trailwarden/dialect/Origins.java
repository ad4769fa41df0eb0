package io.trailwarden.dialect;

import io.trailwarden.event.Origin;
import io.trailwarden.event.Recent;

/// Makes equal origins one object, so that whatever is worked out from one is worked out once.
final class Origins {

    private final Recent<Origin, Origin> recent = new Recent<>(4096);

    /// `origin`, or the one that was here before and equals it.
    Origin shared(Origin origin) {
        var known = recent.get(origin);
        if (known != null) {
            return known;
        }
        if (origin.isOrdinary()) {
            recent.put(origin, origin);
        }
        return origin;
    }
}
