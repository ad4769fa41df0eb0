package io.trailwarden.dashboard.forwarding;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.forward.FakeHttpDestination;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The Forwarding page of the packaged program, with four receivers: one that takes, one that is away, one that asks to come
/// later, and one that will not have what it gets.
class ForwardingPageIT {

    private static final String SECRET = "correct-horse-battery-staple-0123456789";

    /// Longer than any test waits: what goes on sooner does so because somebody pressed a button.
    private static final Map<String, String> LATER = Map.of("Retry-After", "3600");

    private static final FakeHttpDestination SIEM = new FakeHttpDestination();
    private static final FakeHttpDestination ARCHIVE = new FakeHttpDestination();
    private static final FakeHttpDestination BUSY = new FakeHttpDestination();
    private static final FakeHttpDestination TICKETS = new FakeHttpDestination();

    private static ProgramUnderTest program;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        ARCHIVE.goAway();
        BUSY.answers(503, LATER, "");
        TICKETS.answers(422, Map.of(), "");
        program = ProgramUnderTest.start(environment(Map.of("SIEM", SIEM, "ARCHIVE", ARCHIVE, "BUSY", BUSY, "TICKETS", TICKETS)));
        setDefaultAssertionTimeout(30_000);
        chromium = new Chromium(program.console());
    }

    private static Map<String, String> environment(Map<String, FakeHttpDestination> receivers) {
        var environment = new HashMap<String, String>();
        receivers.forEach((name, receiver) -> {
            var prefix = "TRAILWARDEN_FORWARD_" + name + "_";
            environment.putAll(Map.of(prefix + "KIND", "webhook", prefix + "URL", receiver.url() + "/in", prefix + "SECRET", SECRET, prefix + "ALLOW_HTTP", "true",
                    prefix + "SEND", "events"));
        });
        return environment;
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
        program.close();
        SIEM.close();
        BUSY.close();
        TICKETS.close();
    }

    @AfterEach
    void noPageDidWhatItShouldNot() {
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void whatIsPausedWaitsUntilSomebodyLetsItGoOn() throws IOException {
        var page = forwarding(Roles.ENGINEER);
        assertThat(state(page, "siem")).hasText("up to date");

        press(page, "Pause siem");

        assertThat(page.getByText("siem is paused. What comes now waits for it.")).isVisible();
        assertThat(state(page, "siem")).hasText(Pattern.compile("paused ?by test-engineer.*"));
        assertThat(page.locator("h1")).containsText("siem is paused by test-engineer");
        assertThat(button(page, "Resume siem")).isFocused();
        send("paused-1");
        program.await(() -> destination("siem").equals("paused") && waiting("siem") > 0);
        assertThat(cell(page, "siem", "waiting")).hasText(Pattern.compile("1.*"));
        assertThat(SIEM.taken()).noneMatch(message -> message.contains("paused-1"));
        page.reload();
        assertThat(state(page, "siem")).containsText("paused");

        button(page, "Resume siem").focus();
        page.keyboard().press("Enter");

        assertThat(state(page, "siem")).hasText("up to date");
        assertThat(cell(page, "siem", "waiting")).hasText("nothing");
        assertThat(button(page, "Pause siem")).isFocused();
        assertThat(SIEM.taken()).filteredOn(message -> message.contains("paused-1")).hasSize(1);
    }

    @Test
    void aButtonStaysWhileWhatStandsBesideItChanges() throws IOException {
        var page = forwarding(Roles.ENGINEER);
        var before = cell(page, "siem", "accepted").textContent();
        button(page, "Pause siem").evaluate("button => { button.seen = 'before'; }");

        send("stays-1");

        assertThat(cell(page, "siem", "accepted")).not().hasText(before);
        assertThat(button(page, "Pause siem").evaluate("button => button.seen")).as("the button itself, not its successor").isEqualTo("before");
    }

    @Test
    void oneThatIsAwayIsSaidWithItsErrorAndOneThatIsBackIsTriedWhenSomebodySaysSo() throws IOException {
        var page = forwarding(Roles.ENGINEER);
        send("busy-1");

        assertThat(state(page, "archive")).hasText(Pattern.compile("held back for .*attempts?, next .*"));
        assertThat(cell(page, "archive", "last error")).containsText(ARCHIVE.url().substring("http://".length()));
        assertThat(cell(page, "archive", "last accepted")).hasText("never");
        assertThat(page.locator("h1")).containsText("archive has taken nothing for");
        assertThat(page.getByText("Nothing is lost: what comes waits in the trail")).isVisible();
        assertThat(cell(page, "busy", "last error")).containsText("answers 503");
        assertThat(state(page, "busy")).containsText("1 attempt");
        BUSY.recovers();

        press(page, "Try now busy");

        assertThat(state(page, "busy")).hasText("up to date");
        assertThat(cell(page, "busy", "waiting")).hasText("nothing");
        assertThat(BUSY.taken()).anyMatch(message -> message.contains("busy-1"));
        assertThat(page.locator("body")).not().containsText(SECRET);
    }

    @Test
    void deadLettersAreTriedAgainOneByOneAndAllTogether() throws IOException {
        TICKETS.answers(422, Map.of(), "");
        for (var session : new String[] {"dead-1", "dead-2", "dead-3"}) {
            send(session);
        }
        program.await(() -> program.get("/api/v1/forwarding").path("deadLetters").asLong() >= 3);
        var page = forwarding(Roles.ENGINEER);
        assertThat(letters(page).first().locator("[data-head=why]")).containsText("answers 422");
        assertThat(letters(page).first().locator("[data-head='whose agent']")).hasText("ana@example.com");
        int before = letters(page).count();

        letters(page).first().locator("vaadin-button").click();

        assertThat(page.getByText("1 dead letter is tried once more.")).isVisible();
        assertThat(letters(page).first()).containsText("in vain by test-engineer");
        assertThat(letters(page)).hasCount(before);
        TICKETS.recovers();
        press(page, "Retry all " + before);

        assertThat(page.getByText(before + " dead letters are tried once more.")).isVisible();
        assertThat(letters(page)).hasCount(0);
        assertThat(page.locator("section[aria-label='Dead letters']")).not().isVisible();
        assertThat(program.get("/api/v1/forwarding").path("deadLetters").asLong()).isZero();
        for (var session : new String[] {"dead-1", "dead-2", "dead-3"}) {
            assertThat(TICKETS.taken()).filteredOn(message -> message.contains(session)).hasSize(1);
        }
    }

    @Test
    void whoMayNotActSeesHowItStandsAndWhy() throws IOException {
        TICKETS.answers(422, Map.of(), "");
        send("viewed-1");
        program.await(() -> program.get("/api/v1/forwarding").path("deadLetters").asLong() >= 1);
        for (var role : new String[] {Roles.VIEWER, Roles.ANALYST, Roles.ADMIN, Roles.AUDITOR}) {
            var page = forwarding(role);

            assertThat(state(page, "archive")).containsText("held back");
            assertThat(letters(page).first()).isVisible();
            assertThat(page.getByText("Pausing and retrying takes the role engineer.")).isVisible();
            assertThat(page.locator(".forwarding vaadin-button")).hasCount(0);
        }
    }

    @Test
    void whoMayNoLongerActIsToldSoAndNothingHappens() {
        var account = program.account(Roles.ENGINEER, Roles.VIEWER);
        var page = chromium.signedIn(account, ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/forwarding");
        assertThat(button(page, "Pause archive")).isVisible();

        program.changeRoles(account, Roles.VIEWER);
        press(page, "Pause archive");

        assertThat(page.getByText("Pausing and retrying takes the role engineer.")).isVisible();
        assertThat(destination("archive")).isNotEqualTo("paused");
    }

    private static Page forwarding(String role) {
        var page = chromium.signedIn(program.account(role), ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/forwarding");
        assertThat(page.locator("table.forward").first()).isVisible();
        return page;
    }

    private static Locator cell(Page page, String destination, String head) {
        return page.locator("section[aria-label=Destinations] tbody tr").filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + destination + "webhook")))
                .locator("td[data-head='" + head + "']");
    }

    private static Locator state(Page page, String destination) {
        return cell(page, destination, "state");
    }

    private static Locator letters(Page page) {
        return page.locator("section[aria-label='Dead letters'] tbody tr:visible");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void press(Page page, String name) {
        button(page, name).click();
    }

    private static String destination(String name) {
        return item(name).path("state").asText();
    }

    private static long waiting(String name) {
        return item(name).path("waiting").asLong();
    }

    private static com.fasterxml.jackson.databind.JsonNode item(String name) {
        for (var each : program.get("/api/v1/forwarding").path("items")) {
            if (each.path("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no destination " + name);
    }

    private static void send(String session) throws IOException {
        var answer = program.send("logs", "application/json", Requests.command("ana@example.com", session, System.nanoTime(), "ls", "accept"));
        assertThat(answer.statusCode()).isEqualTo(200);
        program.awaitLoaded();
    }
}
