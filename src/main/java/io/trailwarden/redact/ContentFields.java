package io.trailwarden.redact;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which attributes hold what people and models wrote. Claude Code's list, and the names that OpenTelemetry gives to the
/// same things, for other senders.
final class ContentFields {

    private static final Set<String> PROMPTS = Set.of("prompt", "prompt_text", "user_prompt", "new_context", "system_reminders",
            "system_prompt", "system_prompt_preview", "user_system_prompt", "gen_ai.prompt", "gen_ai.input.messages",
            "gen_ai.system_instructions");

    private static final Set<String> RESPONSES = Set.of("response", "response.model_output", "content", "output", "diff",
            "gen_ai.completion", "gen_ai.output.messages");

    private static final String BODY = "body";

    private static final Set<String> PROMPT_EVENTS = Set.of("user_prompt", "system_prompt", "api_request_body");

    private static final Set<String> RESPONSE_EVENTS = Set.of("assistant_response", "api_response_body");

    /// Here `response` is a person's choice from a list, not a text.
    private static final String SURVEY = "feedback_survey";

    private final ContentPolicy prompts;
    private final ContentPolicy responses;

    ContentFields(ContentPolicy prompts, ContentPolicy responses) {
        this.prompts = prompts;
        this.responses = responses;
    }

    /// What becomes of attribute `key` of a record called `event`, or null when it is not such a text.
    @Nullable ContentPolicy ofAttribute(String event, String key) {
        if (PROMPTS.contains(key)) {
            return prompts;
        }
        if (RESPONSES.contains(key)) {
            return event.equals(SURVEY) ? null : responses;
        }
        if (key.equals(BODY)) {
            return RESPONSE_EVENTS.contains(event) ? responses : prompts;
        }
        return null;
    }

    /// Whether what becomes of attribute `key` is a matter of policy and of the record's name.
    boolean holds(String key) {
        return PROMPTS.contains(key) || RESPONSES.contains(key) || key.equals(BODY);
    }

    /// What becomes of the body of a log record called `event`, or null when it is not such a text. Claude Code repeats
    /// the event's name there.
    @Nullable ContentPolicy ofLogBody(String event, String body) {
        if (body.equals(event) || body.equals("claude_code." + event)) {
            return null;
        }
        if (PROMPT_EVENTS.contains(event)) {
            return prompts;
        }
        return RESPONSE_EVENTS.contains(event) ? responses : null;
    }
}
