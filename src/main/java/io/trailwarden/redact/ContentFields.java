package io.trailwarden.redact;

import io.trailwarden.event.Words;
import org.jspecify.annotations.Nullable;

/// What policy makes of what people and models wrote; [Words] says where that is.
record ContentFields(ContentPolicy prompts, ContentPolicy responses) {

    /// What becomes of attribute `key` of a record called `event`, or null when it is not such a text.
    @Nullable ContentPolicy ofAttribute(String event, String key) {
        return policy(Words.ofAttribute(event, key));
    }

    /// What becomes of the body of a log record called `event`, or null when it is not such a text.
    @Nullable ContentPolicy ofLogBody(String event, String body) {
        return policy(Words.ofLogBody(event, body));
    }

    private @Nullable ContentPolicy policy(Words.@Nullable Kind kind) {
        return switch (kind) {
            case PROMPT -> prompts;
            case ANSWER -> responses;
            case null -> null;
        };
    }
}
