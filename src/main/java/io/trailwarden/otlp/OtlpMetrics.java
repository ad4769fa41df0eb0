package io.trailwarden.otlp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.trailwarden.event.Signal;
import java.time.Duration;
import java.util.Locale;

/// What is counted at the door.
final class OtlpMetrics {

    /// What carried a request.
    enum Transport {
        HTTP,
        GRPC
    }

    private enum Outcome {
        ACCEPTED,
        PARTIAL,
        MALFORMED,
        TOO_LARGE,
        UNAVAILABLE,
        UNAUTHENTICATED,
        FORBIDDEN,
        UNSUPPORTED,
        TOO_SLOW;

        static Outcome of(Answer answer) {
            return switch (answer) {
                case Answer.Accepted _ -> ACCEPTED;
                case Answer.Partial _ -> PARTIAL;
                case Answer.Malformed _ -> MALFORMED;
                case Answer.TooLarge _ -> TOO_LARGE;
                case Answer.Busy _ -> UNAVAILABLE;
                case Answer.Unauthenticated _ -> UNAUTHENTICATED;
                case Answer.NotAllowed _ -> FORBIDDEN;
                case Answer.Unsupported _ -> UNSUPPORTED;
                case Answer.TooSlow _ -> TOO_SLOW;
            };
        }
    }

    private final Counter[] requests;
    private final Counter[] records = new Counter[Signal.values().length];
    private final Timer[] durations = new Timer[Transport.values().length];
    private final Counter[] bytes = new Counter[Transport.values().length];
    private final Counter enumNames;

    OtlpMetrics(MeterRegistry registry, MemoryBudget memory) {
        requests = new Counter[Transport.values().length * Signal.values().length * Outcome.values().length];
        for (var transport : Transport.values()) {
            for (var signal : Signal.values()) {
                for (var outcome : Outcome.values()) {
                    requests[index(transport, signal, outcome)] = requestCounter(registry, transport, signal, outcome);
                }
            }
            durations[transport.ordinal()] = Timer.builder("trailwarden.otlp.request")
                    .description("From the whole request being here to its answer")
                    .tag("transport", tag(transport)).register(registry);
            bytes[transport.ordinal()] = Counter.builder("trailwarden.otlp.received.bytes")
                    .description("Bytes of request bodies, inflated").tag("transport", tag(transport)).register(registry);
        }
        for (var signal : Signal.values()) {
            records[signal.ordinal()] = Counter.builder("trailwarden.otlp.accepted.records")
                    .description("Records acknowledged, by signal").tag("signal", signal.wireName()).register(registry);
        }
        enumNames = Counter.builder("trailwarden.otlp.enum.names")
                .description("Enum values that JSON named in words, which OTLP forbids its senders").register(registry);
        Gauge.builder("trailwarden.otlp.memory.bytes", memory, MemoryBudget::held)
                .description("Bytes of request bodies in memory").register(registry);
    }

    void answered(Transport transport, Signal signal, Answer answer) {
        requests[index(transport, signal, Outcome.of(answer))].increment();
    }

    void took(Transport transport, Duration duration) {
        durations[transport.ordinal()].record(duration);
    }

    void received(Transport transport, long inflated) {
        bytes[transport.ordinal()].increment(inflated);
    }

    void acknowledged(Signal signal, int count) {
        records[signal.ordinal()].increment(count);
    }

    void enumNames(int count) {
        enumNames.increment(count);
    }

    private static Counter requestCounter(MeterRegistry registry, Transport transport, Signal signal, Outcome outcome) {
        return Counter.builder("trailwarden.otlp.requests")
                .description("Requests answered, by what carried them, what they held and what became of them")
                .tag("transport", tag(transport))
                .tag("signal", signal.wireName())
                .tag("outcome", tag(outcome))
                .register(registry);
    }

    private static int index(Transport transport, Signal signal, Outcome outcome) {
        return (transport.ordinal() * Signal.values().length + signal.ordinal()) * Outcome.values().length + outcome.ordinal();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
