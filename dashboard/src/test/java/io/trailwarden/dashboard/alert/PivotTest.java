package io.trailwarden.dashboard.alert;

import static io.trailwarden.event.Events.NOON;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Queries for other systems, above all when what they name was made to break out of them.
class PivotTest {

    private static final long SEED = 20_261_121;

    private static final List<String> PIECES = List.of("\"", "'", "\\", "\\\\", "\\\"", "`", "|", "||", "//", "/*", "*/", "--", ")", "(", "]", "[", "}", "{",
            "$", "$x$", "*", "?", "\n", "\r", "\t", "\u0000", "\u001b", "\u202e", "\u2028", "\uD800", "\uDC00", "“", "＂", "é", "ü", "中", " or 1==1", "| delete", "`macro`",
            "u0022", "\\u0022", "\\u{22}", "{{x}}", "${x}", "a", "example.net", " ", "@", "=", ";", "%22", "\u0085", "\uFEFF");

    private static Pivot pivot(String person, List<String> hosts, List<String> programs) {
        return new Pivot(person, hosts, programs, NOON, NOON.plusSeconds(600));
    }

    @Test
    void aQueryNamesThePersonTheHostAndTheMinutesInUtc() {
        var pivot = pivot("ana@example.com", List.of("drop.example.net"), List.of("curl"));

        assertThat(pivot.kql()).isEqualTo("""
                DeviceNetworkEvents
                | where Timestamp between (datetime(2026-11-02T12:00:00Z) .. datetime(2026-11-02T12:10:00Z))
                | where RemoteUrl has "drop.example.net" or InitiatingProcessCommandLine has "drop.example.net"
                | where InitiatingProcessAccountUpn =~ "ana@example.com"
                | project Timestamp, DeviceName, RemoteIP, RemoteUrl, InitiatingProcessCommandLine""");
        assertThat(pivot.spl()).isEqualTo("""
                search index=* earliest=1793620800 latest=1793621400 (user="ana@example.com" OR src_user="ana@example.com")
                    (dest="drop.example.net" OR url="*drop.example.net*")
                | table _time, host, user, process, dest, url""");
        assertThat(pivot.eql()).isEqualTo("""
                any where @timestamp >= "2026-11-02T12:00:00Z" and @timestamp <= "2026-11-02T12:10:00Z"
                  and (destination.domain == "drop.example.net" or stringContains~(process.command_line, "drop.example.net"))
                  and (user.email == "ana@example.com" or user.name == "ana@example.com")""");
    }

    @Test
    void withoutAHostTheProgramsAreLookedFor() {
        var pivot = pivot("0123abcd", List.of(), List.of("terraform"));

        assertThat(pivot.kql()).startsWith("DeviceProcessEvents").contains("FileName in~ (\"terraform\")").doesNotContain("0123abcd");
        assertThat(pivot.eql()).contains("process.name == \"terraform\"");
        assertThat(pivot.spl()).contains("process_name=\"terraform\"");
    }

    @Test
    void whatRecordsSayIsLookedForUnlessItIsEverywhereOrTooLong() {
        var record = new StoredEvent(1, event("tool_decision", 0).derived("egress.host", texts("a.example", "b".repeat(300)))
                .derived("command.programs", texts("cat", "nc")).build(), null);

        var pivot = Pivot.of("x".repeat(300), List.of(record), NOON, NOON);

        assertThat(pivot.hosts()).containsExactly("a.example");
        assertThat(pivot.programs()).containsExactly("nc");
        assertThat(pivot.person()).isNull();
        assertThat(pivot.from()).isEqualTo(NOON.minusSeconds(300));
        assertThat(pivot.kql()).doesNotContain("xxx");
    }

    @Test
    void nothingThatAClientSendsEndsAStringOfAQuery() {
        var random = new Random(SEED);
        for (int i = 0; i < 5000; i++) {
            var person = hostile(random) + "@" + hostile(random);
            var host = hostile(random);
            var program = hostile(random);
            var hosts = random.nextBoolean() ? List.of(host) : List.<String>of();
            var pivot = pivot(person, hosts, List.of(program));
            var harmless = pivot("ana@example.com", hosts.isEmpty() ? List.of() : List.of("example"), List.of("nc"));

            same(Pivot::eql, pivot, harmless, PivotTest::withoutStrings);
            same(Pivot::spl, pivot, harmless, PivotTest::withoutStrings);
            // KQL names a person only by an address
            assertThat(skeleton(pivot.kql(), PivotTest::withoutStrings)).isIn(skeleton(harmless.kql(), PivotTest::withoutStrings),
                    skeleton(pivot("id", harmless.hosts(), harmless.programs()).kql(), PivotTest::withoutStrings));
        }
    }

    @Test
    void aStringOfAQueryIsPlainAsciiOrALetterAndReadsBackAsWhatItWas() {
        var random = new Random(SEED);
        for (int i = 0; i < 5000; i++) {
            var text = hostile(random);
            assertThat(Pivot.kqlText(text)).matches("\"[ -~&&[^\"`]]*\"");
            assertThat(readBack(Pivot.kqlText(text), "\\u", 4, 0)).isEqualTo(text);
            assertThat(readBack(Pivot.eqlText(text), "\\u{", 4, 1)).isEqualTo(text);
            assertThat(Pivot.splText(text)).doesNotContain("\\", "`", "$", "|", "[", "]", "\n", "\r", "\u202e").startsWith("\"").endsWith("\"");
            assertThat(Pivot.splText(text).chars().filter(c -> c == '"').count()).isEqualTo(2);
        }
    }

    private static String hostile(Random random) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(8); length > 0; length--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static void same(Function<Pivot, String> language, Pivot hostile, Pivot harmless, BiFunction<String, Integer, Integer> end) {
        assertThat(skeleton(language.apply(hostile), end)).isEqualTo(skeleton(language.apply(harmless), end));
    }

    /// The query with each string replaced by a mark, read as the strictest and as the laxest of these languages would.
    private static String skeleton(String query, BiFunction<String, Integer, Integer> endOfString) {
        var rest = new StringBuilder();
        for (int at = 0; at < query.length(); at++) {
            if (query.charAt(at) != '"') {
                rest.append(query.charAt(at));
                continue;
            }
            int end = endOfString.apply(query, at);
            assertThat(end).as(query).isPositive();
            rest.append('§');
            at = end;
        }
        return rest.toString();
    }

    /// A quote ends a string whether or not a backslash stands before it: none of ours holds one.
    private static Integer withoutStrings(String query, Integer begin) {
        return query.indexOf('"', begin + 1);
    }

    private static String readBack(String quoted, String begin, int digits, int after) {
        var text = new StringBuilder();
        var inside = quoted.substring(1, quoted.length() - 1);
        for (int at = 0; at < inside.length(); at++) {
            if (inside.startsWith(begin, at)) {
                int from = at + begin.length();
                text.append((char) Integer.parseInt(inside.substring(from, from + digits), 16));
                at = from + digits + after - 1;
            } else {
                text.append(inside.charAt(at));
            }
        }
        return text.toString();
    }

    private static Value texts(String... texts) {
        var values = new ArrayList<Value>();
        for (var text : texts) {
            values.add(new Value.Text(text));
        }
        return new Value.Array(values);
    }
}
