package io.trailwarden.reveal;

import io.trailwarden.event.EventId;
import io.trailwarden.event.Words;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.Permission;
import io.trailwarden.store.Trail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/// Hands out the words of one attribute of one record, after it was written down who reads whose words, and why.
///
/// When that line cannot be written, nothing is handed out: throws [io.trailwarden.identity.IdentityUnavailable] then, and
/// [io.trailwarden.store.TrailUnavailable] when the record cannot be read.
@ApplicationScoped
public class Reveal {

    /// Fewer characters than this say nothing.
    public static final int SHORTEST_REASON = 10;

    /// More than this is not a reason.
    public static final int LONGEST_REASON = 500;

    private final Trail trail;
    private final AccessLog log;

    @Inject
    public Reveal(Trail trail, AccessLog log) {
        this.trail = trail;
        this.log = log;
    }

    /// Who asks.
    ///
    /// @param name of their account
    /// @param roles that they hold now
    /// @param address of their browser
    public record Asker(String name, Collection<String> roles, String address) {
    }

    /// What was handed out, and when that was written down.
    public record Revealed(String words, Instant at) {
        /// Without the words: this may end up in a log.
        @Override
        public String toString() {
            return "Revealed[" + words.length() + " characters, at=" + at + "]";
        }
    }

    /// The words of `attribute` of the record `id`.
    ///
    /// @param attribute as [Words.Spot#attribute] names it
    /// @param reason at least [#SHORTEST_REASON] characters that are not spaces around it
    /// @return nothing when the record is no longer kept or holds no such words; then nothing is written down
    /// @throws SecurityException when `asker` may not
    /// @throws IllegalArgumentException when `reason` is none
    public Optional<Revealed> reveal(EventId id, String attribute, Asker asker, String reason) {
        if (!Permission.REVEAL.allowedTo(asker.roles()::contains)) {
            throw new SecurityException((asker.name().isEmpty() ? "nobody" : asker.name())
                    + " may not read words of a prompt or an answer; it takes the role " + String.join(" or ", Permission.REVEAL.roles()));
        }
        var why = checked(reason);
        return trail.event(id).flatMap(record -> Optional.ofNullable(Words.of(record.event(), attribute))
                .map(words -> new Revealed(words, log.revealed(asker.name(), asker.address(), record.event().person(), id, attribute, why))));
    }

    private static String checked(String reason) {
        var why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has %d to %d characters, got %d".formatted(SHORTEST_REASON, LONGEST_REASON, why.length()));
        }
        return why;
    }
}
