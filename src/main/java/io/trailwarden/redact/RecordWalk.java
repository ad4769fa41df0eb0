package io.trailwarden.redact;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Value;
import io.trailwarden.event.Words;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Visits every text of one record; what does not change is not copied.
abstract class RecordWalk {

    /// Deeper values than the door lets in are not worth keeping.
    private static final int DEEPEST = 128;

    private static final int LONGEST_NAME = 256;

    private final String event;
    private final ContentFields contents;
    private final Marker marker;
    private final EmailPolicy email;
    private final RedactMetrics metrics;
    private boolean content;

    RecordWalk(String event, ContentFields contents, Marker marker, EmailPolicy email, RedactMetrics metrics) {
        this.event = event;
        this.contents = contents;
        this.marker = marker;
        this.email = email;
        this.metrics = metrics;
    }

    /// What becomes of `text`, the value of `name`; null when nothing names it.
    abstract String text(@Nullable String name, String text);

    /// What becomes of the name of an attribute.
    abstract String key(String key);

    Observation walk(Observation observation) {
        return new Observation(observation.signal(), name(observation.name()), observation.time(), origin(observation.origin()),
                attributes(observation.attributes(), 0), attributes(observation.derived(), 0), envelope(observation.envelope()));
    }

    /// A name whose marker no longer fits would be cut, and half a marker protects nothing.
    private String name(String name) {
        var redacted = key(name);
        return redacted.length() <= LONGEST_NAME || redacted.equals(name) ? redacted : "redacted";
    }

    /// What becomes of who and where, by the parts.
    Origin origin(Origin origin) {
        var session = origin.session();
        return new Origin(origin.principal(), person(origin.person()), session == null ? null : text(null, session),
                attributes(origin.resource(), 0), key(origin.scopeName()), key(origin.scopeVersion()), attributes(origin.common(), 0));
    }

    /// Whether a text was met so far whose treatment depends on more than itself: on the record's name, and counted.
    boolean metContent() {
        return content;
    }

    private Attributes envelope(Attributes envelope) {
        var walked = new LinkedHashMap<String, Value>();
        envelope.forEach((key, value) -> {
            if (key.equals("body")) {
                body(value).ifPresent(body -> walked.put(key, body));
            } else {
                put(walked, key, value, 0);
            }
        });
        return walked.equals(envelope.asMap()) ? envelope : Attributes.of(walked);
    }

    private Optional<Value> body(Value body) {
        var policy = contents.ofLogBody(event, body.asText());
        return (policy == null ? Optional.of(body) : content(policy, body)).map(kept -> value(null, kept, 0));
    }

    private Attributes attributes(Attributes attributes, int depth) {
        if (attributes.isEmpty()) {
            return attributes;
        }
        var walked = new LinkedHashMap<String, Value>();
        attributes.forEach((key, value) -> put(walked, key, value, depth));
        return walked.equals(attributes.asMap()) ? attributes : Attributes.of(walked);
    }

    private void put(Map<String, Value> walked, String key, Value value, int depth) {
        var policy = contents.ofAttribute(event, key);
        content |= Words.mayHold(key);
        var kept = policy == null ? Optional.of(value) : content(policy, value);
        kept.ifPresent(content -> walked.put(unique(walked, key), value(key, content, depth)));
    }

    /// Two names that held secrets may end up alike; neither of their values may be lost for it.
    private String unique(Map<String, Value> walked, String key) {
        var redacted = key(key);
        if (redacted.equals(key)) {
            return key;
        }
        int copy = 2;
        var unique = redacted;
        while (walked.containsKey(unique)) {
            unique = redacted + "~" + copy++;
        }
        return unique;
    }

    private Value value(@Nullable String name, Value value, int depth) {
        if (depth > DEEPEST) {
            return Value.EMPTY;
        }
        return switch (value) {
            case Value.Text(var text) -> {
                var walked = isAddress(name) ? person(text) : text(name, text);
                yield walked.equals(text) ? value : new Value.Text(walked);
            }
            case Value.Array(var values) -> new Value.Array(values.stream().map(each -> value(name, each, depth + 1)).toList());
            case Value.KeyValues(var entries) -> new Value.KeyValues(attributes(entries, depth + 1));
            case Value.Binary(var hex) -> {
                var bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
                var walked = text(name, bytes);
                yield walked.equals(bytes) ? value : new Value.Text(walked);
            }
            case Value.Int _, Value.Real _, Value.Bool _, Value.Empty _ -> value;
        };
    }

    private static boolean isAddress(@Nullable String name) {
        return "user.email".equals(name) || "identity.person".equals(name);
    }

    private String person(String person) {
        return email == EmailPolicy.HASH && person.indexOf('@') >= 0 ? marker.person(person) : text(null, person);
    }

    private Optional<Value> content(ContentPolicy policy, Value value) {
        var text = value.asText();
        if (Words.withheld(text)) {
            return Optional.of(value);
        }
        return switch (policy) {
            case KEEP -> Optional.of(value);
            case MASK -> {
                metrics.masked();
                yield Optional.of(new Value.Text(Words.mask(text.length())));
            }
            case DROP -> {
                metrics.dropped();
                yield Optional.empty();
            }
        };
    }
}
