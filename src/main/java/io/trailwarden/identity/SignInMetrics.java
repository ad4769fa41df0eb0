package io.trailwarden.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.trailwarden.identity.Accounts.SignIn;

/// What is counted about people signing in.
final class SignInMetrics {

    private final Counter welcome;
    private final Counter wrong;
    private final Counter tooMany;

    SignInMetrics(MeterRegistry registry) {
        welcome = counter(registry, "welcome");
        wrong = counter(registry, "wrong");
        tooMany = counter(registry, "too_many_attempts");
    }

    void attempted(SignIn outcome) {
        switch (outcome) {
            case SignIn.Welcome _ -> welcome.increment();
            case SignIn.Wrong _ -> wrong.increment();
            case SignIn.TooManyAttempts _ -> tooMany.increment();
        }
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("trailwarden.identity.sign.ins")
                .description("Attempts to sign in with a password, by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
