package io.trailwarden.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.Hostile;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final Table<String> TABLE = new Table<>(List.of(Column.text("words", row -> row), Column.number("length", row -> (long) row.length()),
            Column.truth("empty", String::isEmpty), Column.text("nothing", _ -> null), Column.json("json", TableTest::object)));

    static Stream<Hostile> hostile() {
        return Hostile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileTextIsOneInertFieldOfItsLine(Hostile hostile) throws IOException {
        var text = written(Format.CSV, hostile.text());

        var lines = StrictCsv.read(text);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).containsExactly("words", "length", "empty", "nothing", "json");
        assertThat(text.replace("\r\n", "").codePoints()).noneMatch(Acting::is);
        assertThat(lines.get(1)).allSatisfy(field -> assertThat(field).doesNotMatch("(?s)[ \\p{C}]*[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*"));
        assertThat(lines.get(1).getFirst()).isIn(kept(hostile.text()), "'" + kept(hostile.text()));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void programsGetEveryTextAsItIsKept(Hostile hostile) throws IOException {
        var text = written(Format.JSON_LINES, hostile.text());

        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(text.strip().codePoints()).noneMatch(Acting::is);
        var line = new ObjectMapper().readTree(text);
        assertThat(line.path("words").asText()).isEqualTo(hostile.text());
        assertThat(line.path("length").asLong()).isEqualTo(hostile.text().length());
        assertThat(line.path("nothing").isNull()).isTrue();
        assertThat(line.path("json")).isEqualTo(new ObjectMapper().readTree(object(hostile.text())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF20x", "  =1", "\u200B=1", "\u00A0=1",
            "\u202E=1", "=HYPERLINK(\"https://drop.example.net\",\"x\")", "-2+3+cmd|' /C calc'!A0", "\t", "\r\n"})
    void whatASpreadsheetWouldComputeIsText(String text) throws IOException {
        assertThat(StrictCsv.read(written(Format.CSV, text)).get(1).getFirst()).startsWith("'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "1-1", "mara@example.com", " plain", "'quoted'", "", "|=1", "\"=1"})
    void whatIsNoFormulaStaysAsItIs(String text) throws IOException {
        assertThat(StrictCsv.read(written(Format.CSV, text)).get(1).getFirst()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "5,5", "6,6", "7,6", "600,6"})
    void noMoreRowsAreWrittenThanTheBoundAndNoPageIsReadBeyondIt(int rows, int expected) throws IOException {
        var read = new ArrayList<Integer>();
        var out = new ByteArrayOutputStream();

        TABLE.write(Format.JSON_LINES, out, 6, pages(rows, 2, read));

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(expected);
        assertThat(read).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aPageIsHandedOutBeforeTheNextIsRead() throws IOException {
        var out = new ByteArrayOutputStream();
        var sizes = new ArrayList<Integer>();
        var pages = new Pages<String, Integer>(next -> {
            sizes.add(out.size());
            return new Pages.Page<>(List.of("row"), next == null ? (Integer) 1 : next < 3 ? (Integer) (next + 1) : null);
        });

        TABLE.write(Format.JSON_LINES, out, 100, pages);

        assertThat(sizes).hasSize(4).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aFileWhoseSourceFailsOnTheWaySaysSoInItsLastLine(Format format) {
        var pages = new Pages<String, Integer>(next -> {
            if (next != null) {
                throw new IllegalStateException("gone");
            }
            return new Pages.Page<>(List.of("row"), 1);
        });
        var out = new ByteArrayOutputStream();

        assertThatThrownBy(() -> TABLE.write(format, out, 100, pages)).hasMessage("gone");

        var text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().toList().getLast()).contains("This file is not whole");
        if (format == Format.CSV) {
            assertThatThrownBy(() -> StrictCsv.read(text)).hasMessage("line 3 has 1 fields, the first has 5");
        }
    }

    private static Pages<String, Integer> pages(int rows, int size, List<Integer> read) {
        return new Pages<>(next -> {
            int from = next == null ? 0 : next;
            read.add(from);
            int to = Math.min(rows, from + size);
            return new Pages.Page<>(IntStream.range(from, to).mapToObj(Integer::toString).toList(), to - from < size ? null : (Integer) to);
        });
    }

    private static String written(Format format, String text) throws IOException {
        var out = new ByteArrayOutputStream();
        TABLE.write(format, out, 10, new Pages<String, Integer>(_ -> new Pages.Page<>(List.of(text), null)));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String object(String text) {
        return Json.write(Attributes.builder().put("key", Value.of(text)).build());
    }

    private static String kept(String text) {
        var kept = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Acting.is(point)) {
                Acting.escape(kept, point);
            } else {
                kept.appendCodePoint(point);
            }
        });
        return kept.toString();
    }
}
