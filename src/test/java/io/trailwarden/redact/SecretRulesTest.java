package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretRulesTest {

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> read("""
                - {id: Upper, keywords: [x1], pattern: 'x1[a-z]+', why: w}
                - {id: lookahead, keywords: [x2], pattern: 'x2(?=a)', why: w}
                - {id: empty-match, keywords: [x3], pattern: 'a*', why: w}
                - {id: no-keyword, pattern: 'x4', why: w}
                - {id: short-keyword, keywords: [x], pattern: 'x4', why: w}
                - {id: no-group, keywords: [x5], pattern: 'x5', group: 1, why: w}
                - {id: no-gate, keywords: [x6], pattern: 'x6', gate: often, why: w}
                - {id: no-reason, keywords: [x7], pattern: 'x7'}
                - {id: no-reason, keywords: [x8], pattern: 'x8', why: w, colour: red}
                """)).isInstanceOf(IllegalStateException.class).message().contains("secret Upper: id must be", "secret lookahead: pattern is not RE2",
                "secret empty-match: pattern must not match the empty text", "secret no-keyword: keywords must name at least one",
                "secret short-keyword: a keyword must be", "secret no-group: group must be any, or 0 to 0", "secret no-gate: gate must be one of",
                "secret no-reason: why must say", "id must be unique", "unknown key", "got colour");
    }

    @Test
    void aListInOrderIsReadInOrder() {
        var rules = read("""
                - {id: one, keywords: [one_], pattern: 'one_[a-z]{8}', why: w}
                - {id: two, kind: other, keywords: [two_], pattern: 'x?two_([a-z]{8})', group: 1, find: true, before: 1, gate: word, why: w}
                """);

        assertThat(rules).extracting(SecretRule::id).containsExactly("one", "two");
        assertThat(rules.getLast().kind()).isEqualTo("other");
        assertThat(new SecretScanner(rules, null).redact("a one_abcdefgh xtwo_ijklmnop", (_, _) -> { }))
                .isEqualTo("a [redacted:one] xtwo_[redacted:other]");
    }

    private static List<SecretRule> read(String yaml) {
        return SecretRules.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "test");
    }
}
