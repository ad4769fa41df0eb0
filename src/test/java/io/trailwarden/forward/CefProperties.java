package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.Hostile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What [Cef] writes is read back by a reader written from the specification.
class CefProperties {

    private static final String[] PIECES = {"|", "\\", "=", " ", "\n", "\r", "\t", "\u0000", "\u001b", "\u202e", "\u2028", "\ud800", "\ud83d\ude00", "a", "act=",
            " cs1=", "\\n", "\\\\", "é", "[", "]", "\"", "\u007f", "\u009b"};

    @Test
    void anyTextComesBackAsWhatItShows() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            var name = text(random);
            var first = text(random);
            var last = text(random);

            var read = CefReading.of(new Cef("1", text(random) + "x", name, 5, Cut.NONE).put(Cef.Key.suser, first).put(Cef.Key.cs1, "session", last).write());

            assertThat(read.header().get(5)).as("seed %d", seed).isEqualTo(shownOnOneLine(name));
            assertThat(read.extension()).as("seed %d", seed).satisfies(values -> {
                assertThat(values.getOrDefault("suser", "")).isEqualTo(shownAsValue(first));
                assertThat(values.getOrDefault("cs1", "")).isEqualTo(shownAsValue(last));
                assertThat(values.keySet()).isSubsetOf("suser", "cs1", "cs1Label");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileTextForgesNothing(Hostile hostile) {
        var cef = new Cef("1", hostile.text(), hostile.text(), 10, Cut.NONE);
        var free = List.of(Cef.Key.suser, Cef.Key.msg, Cef.Key.reason, Cef.Key.dhost, Cef.Key.request, Cef.Key.filePath);
        free.forEach(key -> cef.put(key, hostile.text()));

        var written = cef.put(Cef.Key.externalId, "42").write();

        assertThat(written.codePoints().filter(Printable::acts).mapToObj(Integer::toHexString)).isEmpty();
        var read = CefReading.of(written);
        assertThat(read.header()).hasSize(7).startsWith("0", "Trailwarden", "Trailwarden", "1").endsWith("10");
        assertThat(read.extension()).containsOnlyKeys(Stream.concat(free.stream().map(Cef.Key::name), Stream.of("externalId")).toArray(String[]::new))
                .containsEntry("externalId", "42");
    }

    static List<Hostile> hostile() {
        return Hostile.all();
    }

    @Test
    void noValueIsLongerThanTheDictionaryAllows() {
        for (var key : Cef.Key.values()) {
            for (var text : List.of("x".repeat(5000), "\ud83d\ude00".repeat(3000), "=".repeat(5000))) {
                var value = CefReading.of(new Cef("1", "s", "n", 0, Cut.NONE).put(key, text).write()).value(key.name());

                assertThat(value).as(key.name()).hasSizeLessThanOrEqualTo(key.longest());
                assertThat(value.codePoints().filter(point -> point >= 0xd800 && point <= 0xdfff)).as("half a character").isEmpty();
            }
        }
    }

    @Test
    void aValueThatIsCutSaysHowLongItWas() {
        var value = CefReading.of(new Cef("1", "s", "n", 0, Cut.NONE).put(Cef.Key.msg, "x".repeat(5000)).write()).value("msg");

        assertThat(value).hasSize(1023).endsWith("x[cut, 5000 characters]");
    }

    @Test
    void headersAreBoundedToo() {
        var read = CefReading.of(new Cef("1".repeat(99), "s".repeat(5000), "n".repeat(5000), 0, Cut.NONE).write());

        assertThat(read.header().get(3)).hasSizeLessThanOrEqualTo(31);
        assertThat(read.header().get(4)).hasSizeLessThanOrEqualTo(1023);
        assertThat(read.header().get(5)).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void severitiesAreFromZeroToTen() {
        assertThatThrownBy(() -> new Cef("1", "s", "n", 11, Cut.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cef("1", "s", "n", -1, Cut.NONE)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /// What a person is to see of `text`, said in other words than the writer's.
    private static String shownOnOneLine(String text) {
        var shown = new ArrayList<String>();
        for (int point : text.codePoints().toArray()) {
            shown.add(switch (point) {
                case '\n' -> "\u240a";
                case '\r' -> "\u240d";
                case '\t' -> "\u2409";
                case 0 -> "\u2400";
                case 0x1b -> "\u241b";
                case 0x7f -> "\u2421";
                case 0x9b -> "[U+009B]";
                case 0x202e -> "[U+202E]";
                case 0x2028 -> "[U+2028]";
                case 0xd800 -> "\ufffd";
                default -> Character.toString(point);
            });
        }
        return String.join("", shown);
    }

    /// Line breaks stay what they are, and spaces at either end are shown.
    private static String shownAsValue(String text) {
        var kept = shownOnOneLine(text).replace('\u240a', '\n').replace('\u240d', '\r');
        var inner = kept.replaceAll("\\A +| +\\z", "");
        if (inner.isEmpty()) {
            return "\u2420".repeat(kept.length());
        }
        int before = kept.indexOf(inner.charAt(0));
        return "\u2420".repeat(before) + inner + "\u2420".repeat(kept.length() - before - inner.length());
    }
}
