package io.trailwarden.rules;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.FieldCatalogue;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One record as rules see it: values by the number of their field, looked up, lower-cased and read as numbers once.
///
/// One row serves one thread, record after record.
final class Row {

    /// A client clock this far ahead of ours is not believed: windows would close on everything that follows.
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Set<String> WORKED_OUT = Set.of("event.name", "event.signal", "session.id", "identity.person", "identity.principal",
            "identity.organization", "client.name", "client.version", "mode.stated", "decision.by");
    private static final String[] NONE = new String[0];

    private final String[] names;
    private final Source[] sources;
    private final boolean[] looked;
    private final @Nullable Value[] values;
    private final String[] @Nullable [] raw;
    private final String[] @Nullable [] folded;
    private @Nullable StoredEvent stored;
    private @Nullable List<String> everything;

    /// Where a field's value is found.
    private enum Source {
        MODE,
        WORKED_OUT,
        DERIVED,
        SENT,
        ANYWHERE
    }

    Row(FieldNames fields) {
        int size = fields.size();
        names = fields.all().toArray(NONE);
        sources = new Source[size];
        for (int i = 0; i < size; i++) {
            sources[i] = source(names[i]);
        }
        looked = new boolean[size];
        values = new Value[size];
        raw = new String[size][];
        folded = new String[size][];
    }

    /// Our own fields are never taken from what the client sent under the same name.
    private static Source source(String name) {
        if (name.equals("mode.effective")) {
            return Source.MODE;
        }
        if (WORKED_OUT.contains(name)) {
            return Source.WORKED_OUT;
        }
        return FieldCatalogue.find(name).map(field -> field.ours() ? Source.DERIVED : Source.SENT).orElse(Source.ANYWHERE);
    }

    /// Turns to another record.
    Row of(StoredEvent next) {
        stored = next;
        everything = null;
        java.util.Arrays.fill(looked, false);
        return this;
    }

    StoredEvent stored() {
        return java.util.Objects.requireNonNull(stored, "a row holds a record while rules run");
    }

    AuditEvent event() {
        return stored().event();
    }

    /// When it happened: the client's clock, ours where the client's is absent or ahead of all reason.
    Instant time() {
        return timeOf(event());
    }

    static Instant timeOf(AuditEvent event) {
        boolean absurd = event.time().equals(Instant.EPOCH) || event.time().isAfter(event.receivedAt().plus(AHEAD));
        return absurd ? event.receivedAt() : event.time();
    }

    /// Whether the client said no to, or a person refused, what this record is about.
    boolean refused() {
        var outcome = event().seen().derived().get("outcome");
        return outcome instanceof Value.Text(var text) && text.equals("refused");
    }

    @Nullable Value value(int field) {
        if (!looked[field]) {
            looked[field] = true;
            values[field] = find(field);
            raw[field] = null;
            folded[field] = null;
        }
        return values[field];
    }

    private @Nullable Value find(int field) {
        var name = names[field];
        return switch (sources[field]) {
            case MODE -> stored().mode() == null ? null : Value.of(java.util.Objects.requireNonNull(stored().mode()));
            case WORKED_OUT -> event().field(name);
            case DERIVED -> event().seen().derived().get(name);
            case SENT -> sent(name);
            case ANYWHERE -> anywhere(name);
        };
    }

    /// The client's fields are flat.
    private @Nullable Value sent(String name) {
        var seen = event().seen();
        var value = seen.attributes().get(name);
        if (value == null) {
            value = seen.origin().common().get(name);
        }
        if (value == null) {
            value = seen.origin().resource().get(name);
        }
        return value == null ? seen.envelope().get(name) : value;
    }

    /// Fields that the catalogue does not know: flat, else nested.
    private @Nullable Value anywhere(String name) {
        var value = event().seen().field(name);
        return value == null && name.indexOf('.') > 0 ? nested(event().seen().attributes(), name) : value;
    }

    private static @Nullable Value nested(Attributes within, String name) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (within.get(name.substring(0, dot)) instanceof Value.KeyValues(var inner)) {
                var rest = name.substring(dot + 1);
                var value = inner.get(rest);
                if (value == null) {
                    value = nested(inner, rest);
                }
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /// The texts of a field as sent, one by element; none when it is absent or null.
    String[] raw(int field) {
        var value = value(field);
        var known = raw[field];
        if (known == null) {
            known = value == null ? NONE : texts(value);
            raw[field] = known;
        }
        return known;
    }

    /// The texts of a field in lower case, one by element.
    String[] folded(int field) {
        var known = value(field) == null ? NONE : folded[field];
        if (known == null) {
            var texts = raw(field);
            known = new String[texts.length];
            for (int i = 0; i < texts.length; i++) {
                known[i] = fold(texts[i]);
            }
            folded[field] = known;
        }
        return known;
    }

    private static String[] texts(Value value) {
        if (value instanceof Value.Array(var elements)) {
            return elements.stream().filter(element -> !(element instanceof Value.Empty)).map(Row::text).toArray(String[]::new);
        }
        return value instanceof Value.Empty ? NONE : new String[] {text(value)};
    }

    /// A double that is whole reads like the whole number, as people write it.
    private static String text(Value value) {
        if (value instanceof Value.Real(var number) && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        return value.asText();
    }

    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// Every value of the record in lower case, for keywords.
    List<String> everything() {
        var known = everything;
        if (known == null) {
            known = new ArrayList<>();
            var seen = event().seen();
            collect(seen.attributes(), known);
            collect(seen.derived(), known);
            collect(seen.origin().common(), known);
            collect(seen.envelope(), known);
            everything = known;
        }
        return known;
    }

    private static void collect(Attributes attributes, List<String> into) {
        attributes.forEach((_, value) -> collect(value, into));
    }

    private static void collect(Value value, List<String> into) {
        switch (value) {
            case Value.Array(var elements) -> elements.forEach(element -> collect(element, into));
            case Value.KeyValues(var entries) -> collect(entries, into);
            case Value.Empty() -> {
            }
            case Value.Text _, Value.Int _, Value.Real _, Value.Bool _, Value.Binary _ -> into.add(fold(text(value)));
        }
    }
}
