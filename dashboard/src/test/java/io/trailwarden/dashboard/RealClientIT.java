package io.trailwarden.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.trailwarden.Captures;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person's and a session's page say of what the real client sent, beside what a plain reading of the same requests
/// gives.
class RealClientIT {

    private static ProgramUnderTest program;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        program = ProgramUnderTest.start();
        setDefaultAssertionTimeout(30_000);
        chromium = new Chromium(program.console());
        for (var name : List.of("interactive-approvals-json", "switch-to-auto-json", "headless-default-json", "bypass-json", "hooks-and-errors-json")) {
            program.replay(Captures.of(name));
        }
        program.awaitLoaded();
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
        program.close();
    }

    @AfterEach
    void noPageDidWhatItShouldNot() {
        assertThat(chromium.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interactive-approvals-json", "switch-to-auto-json", "headless-default-json", "bypass-json", "hooks-and-errors-json"})
    void aSessionSumsUpWhatTheClientSent(String capture) throws IOException {
        var sent = sent(capture);
        var one = sent.getFirst();
        var session = one.getOrDefault("session.id", "");
        var mine = sent.stream().filter(record -> session.equals(record.get("session.id"))).toList();

        var page = session(one.getOrDefault("enduser.id", ""), session);

        long tools = count(mine, "tool_decision");
        long asked = mine.stream().filter(record -> is(record, "tool_decision") && record.getOrDefault("source", "").startsWith("user_")).count();
        long refused = mine.stream().filter(record -> is(record, "tool_decision") && "reject".equals(record.get("decision"))).count();
        long failed = mine.stream().filter(record -> is(record, "tool_result") && "false".equals(record.get("success"))).count();
        assertThat(page.locator("h1")).hasText(counted(count(mine, "user_prompt"), "prompt") + ", " + counted(tools, "tool") + ", "
                + (asked == 0 ? "nobody asked" : asked + " asked") + (refused == 0 ? "" : ", " + refused + " refused")
                + (failed == 0 ? "" : ", " + failed + " failed"));
        assertThat(page.locator(".facts")).containsText("Records" + mine.size());
        assertThat(page.locator(".facts")).containsText(counted(count(mine, "api_request"), "request"));
        assertThat(page.locator(".lanes .mode-band").first()).isVisible();
        assertThat(page.locator(".lane.refused .sign")).hasCount((int) refused);
        assertThat(page.locator(".lane.gaps")).hasCount(missing(mine) ? 1 : 0);
    }

    @Test
    void answersStandAsHighAsTheClientSaysTheyTook() {
        var page = session("cy", "interactive-approvals-json");

        assertThat(page.locator(".lane.asked .lane-name")).hasText("Asked6, 1 fast");
        var stems = page.locator(".lane.asked .stem");
        assertThat(stems).hasCount(5);
        assertThat(stems.all().stream().map(stem -> stem.getAttribute("title").replaceAll(".*answered after ", "")).toList())
                .containsExactly("2.6 s", "4.1 s", "4.2 s", "811 ms", "2.1 s");
        assertThat(page.locator(".lane.refused .cross")).hasCount(1);
    }

    @Test
    void modesServersAndHostsAreTheOnesTheClientNamed() {
        var page = session("cy", "interactive-approvals-json");

        assertThat(page.locator(".lane.mcp .lane-name")).hasText("MCP1");
        assertThat(page.locator(".lane.mcp .sign")).hasCount(2);
        assertThat(page.locator(".lane.mcp .sign").first()).hasAttribute("aria-label", java.util.regex.Pattern.compile(".*MCP server ledger"));
        assertThat(page.locator(".lane.egress .sign").all().stream().map(sign -> sign.getAttribute("title").replaceAll(".*spoke to ", "")).toList())
                .containsExactly("127.0.0.1", "example.com");
        var modes = page.locator(".mode-band").all().stream().map(band -> band.getAttribute("title").replaceAll("^mode (\\w+).*|;.*", "$1")).toList();
        assertThat(modes).hasSize(10).containsSubsequence("default", "acceptEdits", "plan", "auto", "default", "acceptEdits", "plan", "auto", "default");
    }

    @Test
    void aPersonsPageHasTheSameDay() {
        var page = chromium.signedIn(program.account(Roles.VIEWER), ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/people/cy");

        assertThat(page.locator(".lane.asked .lane-name")).hasText("Asked6, 1 fast");
        assertThat(page.locator(".lane.mcp .sign")).hasCount(2);
        assertThat(page.locator(".session-list li")).hasCount(1);
        assertThat(page.locator(".prompt .title", new Page.LocatorOptions().setHasText("Prompt of"))).hasCount(3);
    }

    private static Page session(String person, String id) {
        var page = chromium.signedIn(program.account(Roles.VIEWER), ProgramUnderTest.PASSWORD);
        var session = id.endsWith("-json") ? unread(() -> sent(id)).getFirst().getOrDefault("session.id", "") : id;
        page.navigate(program.console() + "/people/" + person + "/sessions/" + session);
        Filled.await(page);
        return page;
    }

    /// The log records of `capture` with their attributes as text, as the JSON has them.
    private static List<Map<String, String>> sent(String capture) throws IOException {
        var records = new ArrayList<Map<String, String>>();
        for (var request : ProgramUnderTest.recorded(Captures.of(capture))) {
            for (var resource : new ObjectMapper().readTree(Files.readAllBytes(request)).path("resourceLogs")) {
                var common = attributes(resource.path("resource"));
                for (var scope : resource.path("scopeLogs")) {
                    for (var record : scope.path("logRecords")) {
                        var all = new java.util.HashMap<>(common);
                        all.putAll(attributes(record));
                        records.add(all);
                    }
                }
            }
        }
        return records;
    }

    private static Map<String, String> attributes(JsonNode of) {
        return StreamSupport.stream(of.path("attributes").spliterator(), false).collect(Collectors.toMap(each -> each.path("key").asText(),
                each -> each.path("value").elements().hasNext() ? each.path("value").elements().next().asText() : "", (one, _) -> one));
    }

    private static boolean is(Map<String, String> record, String name) {
        return name.equals(record.get("event.name"));
    }

    private static long count(List<Map<String, String>> records, String name) {
        return records.stream().filter(record -> is(record, name)).count();
    }

    /// Whether the numbers of one session leave one out.
    private static boolean missing(List<Map<String, String>> records) {
        var numbers = records.stream().map(record -> Long.valueOf(record.getOrDefault("event.sequence", "0"))).sorted(Comparator.naturalOrder()).toList();
        return numbers.getLast() - numbers.getFirst() + 1 != numbers.size();
    }

    private static String counted(long count, String what) {
        return Sentence.counted(count, what);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T unread(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
