package io.trailwarden.redact;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Recent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Redacts by the shipped list of secrets and the configured policy.
///
/// A secret that is found where its surroundings give it away is also replaced everywhere else in the same record, so that
/// `PGPASSWORD=x` in a command takes `x` out of the program's error text. Out of scope: secrets that were encoded
/// (base64, compression, encryption) or put together from pieces before they were sent.
@ApplicationScoped
public class PolicyRedactor implements Redactor {

    /// Attribute keys are few and come again with each record: those seen to hold no secret are not read again.
    private static final int MOST_CLEAN_NAMES = 4096;
    private static final int LONGEST_CLEAN_NAME = 128;

    /// Taking a secret out of its other places can bring new neighbours together; two rounds are usual.
    private static final int MOST_ROUNDS = 8;

    /// JSON inside JSON inside JSON: deeper nesting is read as plain text.
    private static final int DEEPEST_JSON = 6;

    private final SecretScanner scanner;
    private final ContentFields contents;
    private final EmailPolicy email;
    private final RedactMetrics metrics;
    private final Set<String> cleanNames = ConcurrentHashMap.newKeySet();

    /// Origins and what became of them, where that is the same for each record: they hold no secret, which would also have
    /// to leave the record's other fields, and no text that policy treats by the record's name.
    private final Recent<Origin, Origin> origins = new Recent<>(4096);

    @Inject
    PolicyRedactor(RedactConfig config, MeterRegistry registry,
            @ConfigProperty(name = "trailwarden.data-dir", defaultValue = "./data") Path dataDir) {
        this(SecretRules.shipped(), RedactionKey.in(dataDir), config, new RedactMetrics(registry));
    }

    /// @param key of the correlation tags; null for markers without one, and then e-mail cannot be hashed
    PolicyRedactor(List<SecretRule> rules, byte @Nullable [] key, RedactConfig config, RedactMetrics metrics) {
        if (key == null && config.email() == EmailPolicy.HASH) {
            throw new IllegalArgumentException("trailwarden.redact.email must be keep without a key, got hash");
        }
        this.scanner = new SecretScanner(rules, key);
        this.contents = new ContentFields(config.prompts(), config.responses());
        this.email = config.email();
        this.metrics = metrics;
    }

    /// A redactor with the shipped list and the default policy, for programs and tests that run without the container.
    ///
    /// @param dataDir holds the key, made there on first use
    public static PolicyRedactor withDefaults(Path dataDir) {
        var config = new RedactConfig() {
            @Override
            public ContentPolicy prompts() {
                return ContentPolicy.MASK;
            }

            @Override
            public ContentPolicy responses() {
                return ContentPolicy.MASK;
            }

            @Override
            public EmailPolicy email() {
                return EmailPolicy.KEEP;
            }
        };
        return new PolicyRedactor(SecretRules.shipped(), RedactionKey.in(dataDir), config, new RedactMetrics(new SimpleMeterRegistry()));
    }

    /// Makes a mistake in the list of secrets stop the start instead of the first record.
    void atStart(@Observes StartupEvent event) {
    }

    @Override
    public Observation redact(Observation observation) {
        var current = observation;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var found = new FoundSecrets(metrics);
            var redacted = walk(current, found);
            if (found.isEmpty()) {
                return redacted;
            }
            current = found.removeFrom(redacted);
        }
        return current;
    }

    private Observation walk(Observation observation, FoundSecrets found) {
        return new RecordWalk(observation.name(), contents, scanner.marker(), email, metrics) {
            @Override
            String text(@Nullable String name, String text) {
                return clean(name, text, found, 0);
            }

            @Override
            String key(String key) {
                return cleanName(key, found);
            }

            @Override
            Origin origin(Origin origin) {
                var known = origins.get(origin);
                if (known != null) {
                    return known;
                }
                int before = found.count();
                var redacted = super.origin(origin);
                if (found.count() == before && !metContent() && origin.isOrdinary()) {
                    var shared = redacted.equals(origin) ? origin : redacted;
                    origins.put(origin, shared);
                    return shared;
                }
                return redacted;
            }
        }.walk(observation);
    }

    @Override
    public String redact(String text) {
        return clean(null, text, (_, _) -> metrics.secret(), 0);
    }

    private String clean(@Nullable String name, String text, SecretScanner.Found found, int depth) {
        var judged = name == null ? text : scanner.redactNamed(name, text, found);
        if (!judged.equals(text)) {
            return judged;
        }
        if (depth < DEEPEST_JSON && JsonText.looksLike(text) && (Unescaped.hides(text) || scanner.announces(text))) {
            var rewritten = JsonText.rewrite(text, (key, inner) -> clean(key, inner, found, depth + 1));
            if (rewritten != null) {
                return rewritten;
            }
        }
        return scanner.redact(text, found);
    }

    private String cleanName(String name, SecretScanner.Found found) {
        if (name.length() > LONGEST_CLEAN_NAME) {
            return scanner.redact(name, found);
        }
        if (cleanNames.contains(name)) {
            return name;
        }
        var clean = scanner.redact(name, found);
        if (clean.equals(name) && cleanNames.size() < MOST_CLEAN_NAMES) {
            cleanNames.add(name);
        }
        return clean;
    }
}
