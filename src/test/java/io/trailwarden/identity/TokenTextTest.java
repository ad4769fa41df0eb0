package io.trailwarden.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    private final TokenText token = TokenText.random(new Random(1));
    private final String text = token.text().reveal();

    @Test
    void theTextIsPrefixedAndTakenApartAgain() {
        assertThat(text).matches("tw_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");

        var read = TokenText.inHeader("Bearer " + text).orElseThrow();

        assertThat(read.id()).isEqualTo(token.id());
        assertThat(read.sha256()).isEqualTo(token.sha256());
    }

    @Test
    void everyMistypedCharacterIsNoticed() {
        for (int i = 0; i < text.length(); i++) {
            var other = text.charAt(i) == 'x' ? 'y' : 'x';
            var mistyped = text.substring(0, i) + other + text.substring(i + 1);

            assertThat(TokenText.inHeader("Bearer " + mistyped)).as("character %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer tw_a_b_c", "tw_", "Bearer \u0000", "Bearer tw_é"})
    void whatIsNoTokenIsNone(String header) {
        assertThat(TokenText.inHeader(header)).isEmpty();
    }

    @Test
    void aHeaderOfAMegabyteIsNone() {
        assertThat(TokenText.inHeader("Bearer " + text + " ".repeat(1_000_000))).isEmpty();
    }

    @Test
    void theSchemeMayBeWrittenInAnyCase() {
        assertThat(TokenText.inHeader("bEARER  " + text + " ")).isPresent();
    }

    @Test
    void printingATokenDoesNotTellItsSecret() {
        assertThat(token.toString()).contains(token.id()).doesNotContain(token.secret().reveal());
    }
}
