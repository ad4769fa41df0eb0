package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what [StateWriter] wrote. Throws a runtime exception on anything else.
final class StateReader {

    private final ByteBuffer in;

    StateReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    long number() {
        return in.getLong();
    }

    boolean flag() {
        return in.get() != 0;
    }

    @Nullable String textOrNull() {
        int length = Math.toIntExact(number());
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    String text() {
        return Objects.requireNonNull(textOrNull(), "text of a detector's state");
    }

    @Nullable Instant timeOrNull() {
        return flag() ? Instant.ofEpochSecond(number(), number()) : null;
    }

    Instant time() {
        return Objects.requireNonNull(timeOrNull(), "time of a detector's state");
    }

    EventId id() {
        return new EventId(new UUID(number(), number()));
    }

    Evidence evidence() {
        return new Evidence(id(), time(), text());
    }

    <T> List<T> list(Supplier<T> each) {
        int size = Math.toIntExact(number());
        var values = new ArrayList<T>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            values.add(each.get());
        }
        return values;
    }
}
