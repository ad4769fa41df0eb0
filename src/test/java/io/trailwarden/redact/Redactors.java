package io.trailwarden.redact;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

/// Redactors for tests: shipped list, no key unless one is given.
final class Redactors {

    static final byte[] KEY = new byte[32];

    private Redactors() {
    }

    static PolicyRedactor standard() {
        return of(null, ContentPolicy.MASK, ContentPolicy.MASK, EmailPolicy.KEEP);
    }

    static PolicyRedactor keyed() {
        return of(KEY, ContentPolicy.MASK, ContentPolicy.MASK, EmailPolicy.KEEP);
    }

    static PolicyRedactor of(byte @Nullable [] key, ContentPolicy prompts, ContentPolicy responses, EmailPolicy email) {
        var config = new RedactConfig() {
            @Override
            public ContentPolicy prompts() {
                return prompts;
            }

            @Override
            public ContentPolicy responses() {
                return responses;
            }

            @Override
            public EmailPolicy email() {
                return email;
            }
        };
        return new PolicyRedactor(SecretRules.shipped(), key, config, new RedactMetrics(new SimpleMeterRegistry()));
    }
}
