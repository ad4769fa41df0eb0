package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretKindsTest {

    private static final PolicyRedactor REDACTOR = Redactors.keyed();

    static List<Canaries.Canary> canaries() {
        return Canaries.all(1);
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void aSecretIsReplacedByAMarkerThatNamesItsKind(Canaries.Canary canary) {
        var redacted = REDACTOR.redact(canary.text());

        assertThat(redacted).doesNotContain(canary.secret());
        assertThat(redacted).matches("(?s).*\\[redacted:" + canary.kind() + ":[0-9a-f]{6}\\].*");
    }

    @Test
    void everyRuleHasACanaryThatOnlyItFinds() {
        var blind = new ArrayList<String>();
        for (var rule : SecretRules.shipped()) {
            var alone = new SecretScanner(List.of(rule), null);
            boolean seen = canaries().stream().filter(canary -> canary.kind().equals(rule.kind()))
                    .anyMatch(canary -> !alone.redact(canary.text(), (_, _) -> { }).contains(canary.secret()));
            if (!seen) {
                blind.add(rule.id());
            }
        }

        assertThat(blind).isEmpty();
    }

    @Test
    void thereAreManyKinds() {
        var ids = SecretRules.shipped().stream().map(SecretRule::id).collect(Collectors.toSet());

        assertThat(ids).hasSizeGreaterThanOrEqualTo(60).isEqualTo(new HashSet<>(ids));
    }

    @Test
    void oneSecretHasOneTagWhereverItStands() {
        var secret = "Zq8mVx2LpW4k";

        var first = REDACTOR.redact("PGPASSWORD=" + secret + " psql");
        var second = REDACTOR.redact("DB_PASSWORD='" + secret + "'");
        var other = REDACTOR.redact("PGPASSWORD=" + secret + "9 psql");

        assertThat(tag(first)).isEqualTo(tag(second)).isNotEqualTo(tag(other));
    }

    private static String tag(String redacted) {
        return redacted.replaceAll("(?s).*\\[redacted:[a-z-]+:([0-9a-f]{6})\\].*", "$1");
    }
}
