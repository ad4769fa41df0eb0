package io.trailwarden.alert;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.Events;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Findings for tests: one rule, one person, one thing overridden at a time.
public final class Findings {

    private Findings() {
    }

    /// A finding of rule `secret_read` that begins with and is shown by `event`.
    public static Builder finding(AuditEvent event) {
        return new Builder(event);
    }

    /// A record `seconds` after noon.
    public static AuditEvent record(long seconds) {
        return Events.decision("Bash", "accept", seconds).build();
    }

    /// Builds one finding.
    public static final class Builder {

        private final AuditEvent first;
        private String rule = "secret_read";
        private String title = "Secret file read";
        private String person = "user@example.com";
        private @Nullable String session = "s1";
        private Severity severity = Severity.HIGH;
        private Instant at;
        private List<Evidence> evidence;

        private Builder(AuditEvent first) {
            this.first = first;
            this.at = first.time();
            this.evidence = List.of(new Evidence(first.id(), first.time(), "reads .env"));
        }

        public Builder rule(String rule) {
            this.rule = rule;
            return this;
        }

        public Builder of(String person) {
            this.person = person;
            return this;
        }

        public Builder titled(String title) {
            this.title = title;
            return this;
        }

        public Builder graded(Severity severity) {
            this.severity = severity;
            return this;
        }

        public Builder in(@Nullable String session) {
            this.session = session;
            return this;
        }

        public Builder shownBy(AuditEvent... events) {
            this.evidence = Arrays.stream(events).map(event -> new Evidence(event.id(), event.time(), "reads .env")).toList();
            this.at = events[events.length - 1].time();
            return this;
        }

        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        public Finding build() {
            var key = key(rule, person, first.id());
            return new Finding(key, rule, "v1", title, severity, false, person, session, at, evidence);
        }

        private static AlertKey key(String rule, String group, EventId first) {
            return AlertKey.of(rule, group, first);
        }
    }
}
