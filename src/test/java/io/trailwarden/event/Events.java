package io.trailwarden.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Small records for tests: fixed times, documentation addresses, one thing overridden at a time.
public final class Events {

    /// When everything in tests begins.
    public static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private Events() {
    }

    /// A record of `user@example.com` in session `s1`, sent `seconds` after noon.
    public static Builder event(String name, long seconds) {
        return new Builder(name, seconds);
    }

    /// A decision of the client itself about `tool`, `seconds` after noon.
    public static Builder decision(String tool, String decision, long seconds) {
        return event("tool_decision", seconds).with("tool_name", tool).with("decision", decision).with("source", "config");
    }

    /// Builds one record; for one test.
    public static final class Builder {

        private final String name;
        private final long seconds;
        private Signal signal = Signal.LOG;
        private String person = "user@example.com";
        private @Nullable String session = "s1";
        private final Attributes.Builder attributes = Attributes.builder();
        private final Attributes.Builder derived = Attributes.builder();
        private final Attributes.Builder common = Attributes.builder();
        private final Attributes.Builder resource = Attributes.builder();

        private Builder(String name, long seconds) {
            this.name = name;
            this.seconds = seconds;
            attributes.put("event.name", name);
        }

        public Builder with(String key, String text) {
            attributes.put(key, text);
            return this;
        }

        public Builder with(String key, long number) {
            attributes.put(key, number);
            return this;
        }

        public Builder with(String key, Value value) {
            attributes.put(key, value);
            return this;
        }

        public Builder derived(String key, Value value) {
            derived.put(key, value);
            return this;
        }

        public Builder common(String key, String text) {
            common.put(key, text);
            return this;
        }

        public Builder resource(String key, String text) {
            resource.put(key, text);
            return this;
        }

        public Builder of(String person) {
            this.person = person;
            return this;
        }

        public Builder in(@Nullable String session) {
            this.session = session;
            return this;
        }

        public Builder signal(Signal signal) {
            this.signal = signal;
            return this;
        }

        public Observation observation() {
            var origin = new Origin("test", person, session, resource.build(), "com.anthropic.claude_code.events", "2.1.329",
                    common.build());
            return new Observation(signal, name, NOON.plusSeconds(seconds), origin, attributes.build(), derived.build(),
                    Attributes.NONE);
        }

        public AuditEvent build() {
            return AuditEvent.of(observation(), NOON.plusSeconds(seconds + 2));
        }
    }
}
