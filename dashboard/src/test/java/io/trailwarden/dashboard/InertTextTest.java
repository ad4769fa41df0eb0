package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.InertText.Piece;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InertTextTest {

    /// What a reader sees: names in square brackets.
    private static String seen(List<Piece> pieces) {
        return pieces.stream().map(piece -> piece.named() == null ? piece.text() : "[" + piece.text() + "]")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat .env | base64", "<img src=x onerror=alert(1)>", "=HYPERLINK(\"https://drop.example.net\")",
        "привет мир", "日本語のファイル", "Ελλάδα", "naïve café", "👩‍💻 👍🏽 ❤️", "a&amp;b", ""})
    void ordinaryTextOfAnyScriptIsShownAsItIs(String text) {
        assertThat(seen(InertText.line(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "rm\\u0000x,            rm[NUL]x",
        "\\u001b[2K\\recho ok,  [ESC][2K[CR]echo ok",
        "a\\u007fb,             a[DEL]b",
        "a\\u0085b,             a[U+0085]b",
        "invoice_\\u202efdp.sh, invoice_[U+202E]fdp.sh",
        "rm\\u200b -rf,         rm[U+200B] -rf",
        "a\\u2066b\\u2069,      a[U+2066]b[U+2069]",
        "a\\ufeffb,             a[U+FEFF]b",
        "a\\u00a0b,             a[U+00A0]b",
        "a\\u2028b,             a[U+2028]b",
        "a\\u3164b,             a[U+3164]b",
        "a\\u00adb,             a[U+00AD]b",
        "a\\ud800b,             a[U+D800]b",
        "a\\ue000b,             a[U+E000]b",
        "\\uff43url,            [U+FF43]url"
    })
    void whatDeceivesIsNamed(String escaped, String expected) {
        assertThat(seen(InertText.line(unescaped(escaped)))).isEqualTo(expected);
    }

    /// Reads `\\uXXXX` and `\\r`, so that the table above can be read.
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u(\\p{XDigit}{4})").matcher(text.replace("\\r", "\r"))
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(code.group(1), 16))));
    }

    @Test
    void aLetterOfAnotherScriptInsideALatinWordIsNamed() {
        assertThat(seen(InertText.line("https://\u0440aypal.example/login"))).isEqualTo("https://[U+0440]aypal.example/login");
        assertThat(seen(InertText.line("\u0430\u0440\u0440\u04cf\u0435.com")))
                .isEqualTo("[U+0430][U+0440][U+0440][U+04CF][U+0435].com");
    }

    @Test
    void tagsThatHideWordsInAnEmojiAreNamed() {
        assertThat(seen(InertText.line("ok" + Character.toString(0xE0041)))).isEqualTo("ok[U+E0041]");
    }

    @Test
    void moreThanTwoMarksOnOneLetterAreNamed() {
        assertThat(seen(InertText.line("Z\u0300\u0301\u0302\u0303algo"))).isEqualTo("Z\u0300\u0301[U+0302][U+0303]algo");
    }

    @Test
    void lineBreaksAreNamedOnOneLineAndKeptOverSeveral() {
        assertThat(seen(InertText.line("a\n\tb"))).isEqualTo("a[LF][TAB]b");
        assertThat(seen(InertText.lines("a\n\tb\r"))).isEqualTo("a\n\tb[CR]");
    }

    @Test
    void aNameSaysInWordsWhatItStandsFor() {
        assertThat(InertText.line("\u202e").getFirst().named()).isEqualTo("U+202E right-to-left override");
    }

    @Test
    void aBeginningNeverSplitsACharacter() {
        assertThat(seen(InertText.line("a👍", 2))).isEqualTo("a");
        assertThat(InertText.beyond("a👍", 2)).isEqualTo(2);
        assertThat(InertText.beyond("abc", 3)).isZero();
    }

    @Test
    void aLongLineIsWhole() {
        var line = "a".repeat(60_000);

        assertThat(seen(InertText.line(line))).isEqualTo(line);
        assertThat(InertText.beyond(line, 240)).isEqualTo(59_760);
    }
}
