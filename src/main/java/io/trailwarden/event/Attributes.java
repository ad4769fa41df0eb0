package io.trailwarden.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Named values in the order they were sent: immutable, and flat, because `prompt` and `prompt.id` both occur.
///
/// OTLP leaves open what a key sent twice means; here the last one counts.
public final class Attributes {

    /// No attributes at all.
    public static final Attributes NONE = new Attributes(new LinkedHashMap<>());

    private final Map<String, Value> entries;

    /// Zero until it is asked for; threads that race work out the same.
    private int hash;

    private Attributes(LinkedHashMap<String, Value> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /// Copies `entries` in their order.
    public static Attributes of(Map<String, Value> entries) {
        return entries.isEmpty() ? NONE : new Attributes(new LinkedHashMap<>(entries));
    }

    /// Collects attributes one by one.
    public static Builder builder() {
        return new Builder();
    }

    /// The value of `key`, or null when it was not sent.
    public @Nullable Value get(String key) {
        return entries.get(key);
    }

    /// The value of `key` as text, or null when it was not sent or is empty.
    public @Nullable String text(String key) {
        var value = entries.get(key);
        return value == null || value instanceof Value.Empty ? null : value.asText();
    }

    /// The value of `key` as a whole number, or null when it was not sent or is none.
    public @Nullable Long number(String key) {
        var value = entries.get(key);
        return value == null ? null : value.asLong();
    }

    /// Whether `key` was sent.
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// How many there are.
    public int size() {
        return entries.size();
    }

    /// All of them in the order sent; unmodifiable.
    public Map<String, Value> asMap() {
        return entries;
    }

    /// Hands each to `reader`, in the order sent.
    public void forEach(BiConsumer<String, Value> reader) {
        entries.forEach(reader);
    }

    /// About how many characters all of this takes, for whoever wants to remember it.
    public long weight() {
        long weight = 0;
        for (var entry : entries.entrySet()) {
            weight += entry.getKey().length() + weight(entry.getValue());
        }
        return weight;
    }

    private static long weight(Value value) {
        return 16 + switch (value) {
            case Value.Text(var text) -> text.length();
            case Value.Binary(var hex) -> hex.length();
            case Value.Array(var values) -> values.stream().mapToLong(Attributes::weight).sum();
            case Value.KeyValues(var entries) -> entries.weight();
            case Value.Int _, Value.Real _, Value.Bool _, Value.Empty _ -> 0;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Attributes that && hashCode() == that.hashCode() && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = entries.hashCode();
            hash = known;
        }
        return known;
    }

    /// Keys only: values may be private, and this ends up in logs.
    @Override
    public String toString() {
        return entries.keySet().toString();
    }

    /// Collects attributes in order; for one thread.
    public static final class Builder {

        private LinkedHashMap<String, Value> collected = new LinkedHashMap<>();

        private Builder() {
        }

        /// Adds or replaces `key`.
        public Builder put(String key, Value value) {
            collected.put(key, value);
            return this;
        }

        /// Adds or replaces `key` with text, unless `text` is null.
        public Builder put(String key, @Nullable String text) {
            if (text != null) {
                collected.put(key, new Value.Text(text));
            }
            return this;
        }

        /// Adds or replaces `key` with a whole number.
        public Builder put(String key, long number) {
            collected.put(key, new Value.Int(number));
            return this;
        }

        /// Adds or replaces all of `others`.
        public Builder putAll(Attributes others) {
            collected.putAll(others.entries);
            return this;
        }

        /// What was collected so far; the builder starts empty afterwards.
        public Attributes build() {
            if (collected.isEmpty()) {
                return NONE;
            }
            var built = new Attributes(collected);
            collected = new LinkedHashMap<>();
            return built;
        }
    }
}
