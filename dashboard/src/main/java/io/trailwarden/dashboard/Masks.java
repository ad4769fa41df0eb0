package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import io.trailwarden.event.Words;
import io.trailwarden.identity.Permission;
import io.trailwarden.reveal.Reveal;
import io.trailwarden.store.StoredEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes [MaskedText]s: every page shows words of prompts and answers through here, or only their length.
@ApplicationScoped
public class Masks {

    private final Reveal reveal;
    private final Readings readings;
    private final InstantSource clock;

    @Inject
    Masks(Reveal reveal, Readings readings, InstantSource clock) {
        this.reveal = reveal;
        this.readings = readings;
        this.clock = clock;
    }

    /// The words of `record`, masked; what the client sent twice is there once. Empty when it has none.
    ///
    /// @param viewer who looks, as [Who#asks] said when the page was opened
    public List<Component> of(StoredEvent record, Who viewer) {
        var told = new HashSet<String>();
        var shown = Words.in(record.event()).stream()
                .filter(spot -> told.add(Objects.requireNonNullElse(Words.of(record.event(), spot.attribute()), "")))
                .<Component>map(spot -> of(record, spot, viewer)).toList();
        return shown.isEmpty() ? withheld(record) : shown;
    }

    /// Some words of `record`, masked.
    public MaskedText of(StoredEvent record, Words.Spot words, Who viewer) {
        return new MaskedText(record, words, this, viewer.may(Permission.REVEAL));
    }

    private static List<Component> withheld(StoredEvent record) {
        var event = record.event();
        return Stream.of("prompt", "response", "user_prompt")
                .filter(key -> Words.ofAttribute(event.name(), key) != null)
                .map(event::text).filter(Objects::nonNull).filter(Words::withheld).limit(1)
                .map(text -> MaskedText.gone(length(record, text), Words.length(text) == null)).toList();
    }

    private static @Nullable Integer length(StoredEvent record, String text) {
        var kept = Words.length(text);
        if (kept != null) {
            return kept;
        }
        var told = Stream.of("prompt_length", "response_length", "user_prompt_length").map(record.event()::field)
                .filter(Objects::nonNull).map(value -> value.asLong()).filter(Objects::nonNull).findFirst();
        return told.filter(length -> length >= 0 && length < Integer.MAX_VALUE).map(Long::intValue).orElse(null);
    }

    Reveal reveal() {
        return reveal;
    }

    Readings readings() {
        return readings;
    }

    Moments moments() {
        return Viewer.moments(clock);
    }
}
