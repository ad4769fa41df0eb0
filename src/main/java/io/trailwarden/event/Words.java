package io.trailwarden.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people told a model and what it answered: which attributes of which records hold it, and what stands in its
/// place for whoever may not read it.
///
/// Claude Code's list, and the names that OpenTelemetry gives to the same things, for other senders. Arguments of tools
/// are not words but acts: what ran is evidence.
public final class Words {

    /// Names the body of a log record among attributes; see [Spot#attribute].
    public static final String LOG_BODY = "log body";

    private static final Set<String> PROMPTS = Set.of("prompt", "prompt_text", "user_prompt", "new_context", "system_reminders",
            "system_prompt", "system_prompt_preview", "user_system_prompt", "gen_ai.prompt", "gen_ai.input.messages",
            "gen_ai.system_instructions");

    private static final Set<String> ANSWERS = Set.of("response", "response.model_output", "content", "output", "diff",
            "gen_ai.completion", "gen_ai.output.messages");

    private static final String BODY = "body";

    private static final Set<String> PROMPT_EVENTS = Set.of("user_prompt", "system_prompt", "api_request_body");

    private static final Set<String> ANSWER_EVENTS = Set.of("assistant_response", "api_response_body");

    /// Here `response` is a person's choice from a list, not a text.
    private static final String SURVEY = "feedback_survey";

    /// What the client itself puts in place of what it keeps back.
    private static final String WITHHELD = "<REDACTED>";

    private static final String OPEN = "[masked:";

    private static final int LONGEST_MASK = 19;

    private Words() {
    }

    /// Whose they are.
    public enum Kind {

        /// What the model was told: by a person, or on their behalf.
        PROMPT,

        /// What the model said, and what tools gave it.
        ANSWER
    }

    /// Words in a record.
    ///
    /// @param attribute the one that holds them, or [#LOG_BODY]
    /// @param length of all of it, UTF-16 units
    public record Spot(String attribute, Kind kind, int length) {
    }

    /// What kind of words attribute `key` of a record called `event` holds, or null when none.
    public static @Nullable Kind ofAttribute(String event, String key) {
        if (PROMPTS.contains(key)) {
            return Kind.PROMPT;
        }
        if (ANSWERS.contains(key)) {
            return event.equals(SURVEY) ? null : Kind.ANSWER;
        }
        if (key.equals(BODY)) {
            return ANSWER_EVENTS.contains(event) ? Kind.ANSWER : Kind.PROMPT;
        }
        return null;
    }

    /// Whether attribute `key` holds words in records of some name.
    public static boolean mayHold(String key) {
        return PROMPTS.contains(key) || ANSWERS.contains(key) || key.equals(BODY);
    }

    /// What kind of words the body of a log record called `event` is, or null when none. Claude Code repeats the event's
    /// name there.
    public static @Nullable Kind ofLogBody(String event, String body) {
        if (body.equals(event) || body.equals("claude_code." + event)) {
            return null;
        }
        if (PROMPT_EVENTS.contains(event)) {
            return Kind.PROMPT;
        }
        return ANSWER_EVENTS.contains(event) ? Kind.ANSWER : null;
    }

    /// What stands in the place of words: `[masked:<length>]`.
    ///
    /// @param length UTF-16 units
    public static String mask(int length) {
        return OPEN + length + "]";
    }

    /// Whether `text` is not words but what stands in their place: nobody can read them any more, or ever could.
    public static boolean withheld(String text) {
        return text.isEmpty() || text.equals(WITHHELD) || isMask(text);
    }

    /// How many characters the words had that `text` stands for, or itself has; null when nothing tells.
    public static @Nullable Integer length(String text) {
        if (isMask(text)) {
            return Integer.valueOf(text.substring(OPEN.length(), text.length() - 1));
        }
        return text.equals(WITHHELD) ? null : (Integer) text.length();
    }

    private static boolean isMask(String text) {
        return text.length() > OPEN.length() + 1 && text.length() < LONGEST_MASK && text.startsWith(OPEN) && text.endsWith("]")
                && text.chars().skip(OPEN.length()).limit(text.length() - OPEN.length() - 1L).allMatch(c -> c >= '0' && c <= '9');
    }

    /// `event` with every word masked, the rest as it is: what leaves the console, and what pages show. It keeps its id.
    public static AuditEvent masked(AuditEvent event) {
        var masked = masked(event.seen());
        return masked == event.seen() ? event : new AuditEvent(event.id(), event.receivedAt(), masked);
    }

    /// `seen` with every word masked; itself when it has none.
    public static Observation masked(Observation seen) {
        var name = seen.name();
        var origin = seen.origin();
        var common = masked(name, origin.common());
        var resource = masked(name, origin.resource());
        var attributes = masked(name, seen.attributes());
        var derived = masked(name, seen.derived());
        var envelope = maskedEnvelope(name, seen.envelope());
        boolean sameOrigin = common == origin.common() && resource == origin.resource();
        if (sameOrigin && attributes == seen.attributes() && derived == seen.derived() && envelope == seen.envelope()) {
            return seen;
        }
        return new Observation(seen.signal(), name, seen.time(), sameOrigin ? origin
                : new Origin(origin.principal(), origin.person(), origin.session(), resource, origin.scopeName(),
                        origin.scopeVersion(), common), attributes, derived, envelope);
    }

    /// Where `event` holds words that can still be read, in the order sent. A text that is there twice is named twice.
    public static List<Spot> in(AuditEvent event) {
        var spots = new ArrayList<Spot>();
        var seen = event.seen();
        for (var part : List.of(seen.attributes(), seen.derived(), seen.origin().common(), seen.origin().resource(), seen.envelope())) {
            boolean envelope = part == seen.envelope();
            part.forEach((key, value) -> {
                var kind = envelope && key.equals(BODY) ? ofLogBody(event.name(), value.asText()) : kind(event.name(), key, value);
                if (kind != null && !withheld(value.asText())) {
                    spots.add(new Spot(envelope && key.equals(BODY) ? LOG_BODY : key, kind, value.asText().length()));
                }
            });
        }
        return List.copyOf(spots);
    }

    /// The words that `attribute` of `event` holds, or null when it holds none that can be read.
    ///
    /// @param attribute as [Spot#attribute] names it
    public static @Nullable String of(AuditEvent event, String attribute) {
        if (in(event).stream().noneMatch(spot -> spot.attribute().equals(attribute))) {
            return null;
        }
        var seen = event.seen();
        var value = attribute.equals(LOG_BODY) ? seen.envelope().get(BODY) : seen.attributes().get(attribute);
        if (value == null) {
            value = seen.field(attribute);
        }
        return value == null ? null : value.asText();
    }

    /// An attribute that only holds words somewhere inside counts as a whole.
    private static @Nullable Kind kind(String event, String key, Value value) {
        var own = ofAttribute(event, key);
        if (own != null) {
            return own;
        }
        return switch (value) {
            case Value.Array(var values) -> values.stream().map(each -> kind(event, "", each)).filter(java.util.Objects::nonNull).findFirst().orElse(null);
            case Value.KeyValues(var entries) -> entries.asMap().entrySet().stream()
                    .map(entry -> withheld(entry.getValue().asText()) ? null : kind(event, entry.getKey(), entry.getValue()))
                    .filter(java.util.Objects::nonNull).findFirst().orElse(null);
            case Value.Text _, Value.Binary _, Value.Int _, Value.Real _, Value.Bool _, Value.Empty _ -> null;
        };
    }

    private static Attributes maskedEnvelope(String event, Attributes envelope) {
        var body = envelope.get(BODY);
        if (body == null) {
            return masked(event, envelope);
        }
        var kept = ofLogBody(event, body.asText()) == null ? body : masked(body);
        var rest = Attributes.builder();
        boolean changed = kept != body;
        for (var entry : envelope.asMap().entrySet()) {
            var value = entry.getKey().equals(BODY) ? kept : masked(event, entry.getKey(), entry.getValue());
            changed |= value != entry.getValue();
            rest.put(entry.getKey(), value);
        }
        return changed ? rest.build() : envelope;
    }

    private static Attributes masked(String event, Attributes attributes) {
        var masked = Attributes.builder();
        boolean changed = false;
        for (var entry : attributes.asMap().entrySet()) {
            var value = masked(event, entry.getKey(), entry.getValue());
            changed |= value != entry.getValue();
            masked.put(entry.getKey(), value);
        }
        return changed ? masked.build() : attributes;
    }

    private static Value masked(String event, String key, Value value) {
        if (ofAttribute(event, key) != null) {
            return masked(value);
        }
        return switch (value) {
            case Value.KeyValues(var entries) -> {
                var masked = masked(event, entries);
                yield masked == entries ? value : new Value.KeyValues(masked);
            }
            case Value.Array(var values) -> {
                var masked = values.stream().map(each -> masked(event, "", each)).toList();
                yield masked.equals(values) ? value : new Value.Array(masked);
            }
            case Value.Text _, Value.Binary _, Value.Int _, Value.Real _, Value.Bool _, Value.Empty _ -> value;
        };
    }

    private static Value masked(Value value) {
        var text = value.asText();
        return withheld(text) ? value : new Value.Text(mask(text.length()));
    }
}
