package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexLiteralsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "AKIA[0-9A-Z]{16} ~ akia",
        "curl\\s+.*\\|\\s*(ba)?sh ~ curl",
        "(?i)\\bdrop\\s+table ~ table",
        "^(terraform (.* )?destroy|pulumi up) ~ terraform ;pulumi up",
        "ab?c+de ~ de",
        "(foo|)bar ~ bar",
        "foo|[a-z]+ ~ ''",
        "x{0,3}yy ~ yy",
        "x{2}y ~ ''",
        "a*  ~ ''",
        "\\Qa.b\\E ~ ''",
        "[]x]foo[[:alpha:]]ba ~ foo"})
    void theseMustBeThere(String expression, String expected) {
        assertThat(String.join(";", new RegexLiterals(expression).necessary())).isEqualTo(expected);
    }

    @Test
    void whatIsFoundAlwaysHoldsOneOfThem() {
        var random = new Random(7);
        var pieces = List.of("ab", "c", "(d|ef)", "(?:gh)?", "[ij]+", "k*", "\\.", "^", "$", "l+", "(m|n|)", "|", ".", "o{2}", "(?i)PQ");
        for (int i = 0; i < 20_000; i++) {
            var expression = new StringBuilder();
            for (int piece = 0; piece < 1 + random.nextInt(6); piece++) {
                expression.append(pieces.get(random.nextInt(pieces.size())));
            }
            var necessary = new RegexLiterals(expression.toString()).necessary();
            var text = random.ints(12, 0, 18).collect(StringBuilder::new, (out, c) -> out.append("abcdefghijklmno.pq".charAt(c)), StringBuilder::append).toString();
            if (!necessary.isEmpty() && Pattern.compile(expression.toString()).matcher(text).find()) {
                assertThat(necessary).as("%s in %s", expression, text).anyMatch(text::contains);
            }
        }
    }
}
