package io.trailwarden.otlp;

import io.trailwarden.event.Json;
import io.trailwarden.event.Value;

/// How deep values may nest, said once for both encodings.
final class Nesting {

    private Nesting() {
    }

    /// The depth of what is inside a value at `depth`.
    static int into(int depth) {
        if (depth >= DecodeLimits.READABLE_DEPTH) {
            throw Undecodable.malformed("value nested more than %d deep".formatted(DecodeLimits.READABLE_DEPTH));
        }
        return depth + 1;
    }

    /// `container` as it is kept when it sits at `depth`.
    static Value kept(Value container, int depth) {
        return depth == DecodeLimits.STRUCTURED_DEPTH + 1 ? new Value.Text(Json.write(container)) : container;
    }
}
