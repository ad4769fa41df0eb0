package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.EventId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the state of a detector, to be read again by [StateReader] in the same order.
final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    StateWriter number(long number) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return this;
    }

    StateWriter flag(boolean flag) {
        out.write(flag ? 1 : 0);
        return this;
    }

    /// Text, or null.
    StateWriter text(@Nullable String text) {
        if (text == null) {
            return number(-1);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    StateWriter time(@Nullable Instant time) {
        flag(time != null);
        return time == null ? this : number(time.getEpochSecond()).number(time.getNano());
    }

    StateWriter id(EventId id) {
        return number(id.value().getMostSignificantBits()).number(id.value().getLeastSignificantBits());
    }

    StateWriter evidence(Evidence evidence) {
        return id(evidence.event()).time(evidence.time()).text(evidence.says());
    }

    <T> StateWriter list(Collection<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
        return this;
    }
}
