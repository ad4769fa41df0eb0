package io.trailwarden.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A YAML 1.2 value that still knows where it stands, so that what is wrong with it can be said at its place.
sealed interface YamlNode {

    /// Where it begins.
    Place place();

    /// A place in a file, both from 1.
    record Place(int line, int column) {
    }

    /// How YAML's core schema reads a scalar.
    enum Kind {
        TEXT,
        INT,
        FLOAT,
        BOOL,
        NULL
    }

    /// A single value.
    ///
    /// @param text as written, less quotes
    record Scalar(Place place, String text, Kind kind) implements YamlNode {

        boolean isNull() {
            return kind == Kind.NULL;
        }

        boolean truth() {
            return kind == Kind.BOOL && text.equalsIgnoreCase("true");
        }
    }

    /// A list.
    record Items(Place place, List<YamlNode> values) implements YamlNode {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// A map in the order written; keys are unique.
    record Fields(Place place, List<Entry> entries) implements YamlNode {
        public Fields {
            entries = List.copyOf(entries);
        }

        @Nullable YamlNode get(String key) {
            for (var entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry.value();
                }
            }
            return null;
        }
    }

    /// One entry of a map.
    record Entry(Scalar key, YamlNode value) {
    }

    /// A short description for messages.
    default String kindName() {
        return switch (this) {
            case Scalar scalar when scalar.isNull() -> "nothing";
            case Scalar scalar -> "'" + scalar.text() + "'";
            case Items _ -> "a list";
            case Fields _ -> "a map";
        };
    }

    /// A text that is the same exactly when structure and values are; for hashes.
    default void canonical(StringBuilder out) {
        switch (this) {
            case Scalar scalar -> out.append(scalar.kind().ordinal()).append(scalar.text().length()).append(':').append(scalar.text());
            case Items items -> {
                out.append('[');
                items.values().forEach(value -> value.canonical(out));
                out.append(']');
            }
            case Fields fields -> {
                out.append('{');
                for (var entry : fields.entries()) {
                    entry.key().canonical(out);
                    entry.value().canonical(out);
                }
                out.append('}');
            }
        }
    }
}
