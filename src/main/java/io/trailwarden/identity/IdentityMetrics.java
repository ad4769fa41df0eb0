package io.trailwarden.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Kind;
import java.util.Locale;
import java.util.stream.Stream;

/// What is counted about credentials.
final class IdentityMetrics {

    private enum Outcome {
        ACCEPTED,
        UNKNOWN,
        NOT_ALLOWED
    }

    private final Counter[] checks;

    IdentityMetrics(MeterRegistry registry) {
        checks = Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Outcome.values()).map(outcome -> counter(registry, kind, outcome)))
                .toArray(Counter[]::new);
    }

    void checked(Kind use, Check check) {
        var outcome = switch (check) {
            case Check.Accepted _ -> Outcome.ACCEPTED;
            case Check.Unknown _ -> Outcome.UNKNOWN;
            case Check.NotAllowed _ -> Outcome.NOT_ALLOWED;
        };
        checks[use.ordinal() * Outcome.values().length + outcome.ordinal()].increment();
    }

    private static Counter counter(MeterRegistry registry, Kind use, Outcome outcome) {
        return Counter.builder("trailwarden.identity.token.checks")
                .description("Bearer tokens checked, by what they were shown for and what they were worth")
                .tag("use", use.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
