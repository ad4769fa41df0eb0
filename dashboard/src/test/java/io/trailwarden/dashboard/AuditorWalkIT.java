package io.trailwarden.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// An auditor reads one prompt for a reason and finds that in the log; nobody else does by looking at pages.
class AuditorWalkIT {

    private static final String WORDS = "planted words: fire <b>bob</b> \u202e on monday";
    private static final String REASON = "TW-48213, was the agent told to send the file?";

    private static ProgramUnderTest program;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        program = ProgramUnderTest.start(Map.of("TRAILWARDEN_REDACT_PROMPTS", "keep", "TRAILWARDEN_REDACT_RESPONSES", "keep"));
        setDefaultAssertionTimeout(60_000);
        chromium = new Chromium(program.console());
        program.send("logs", "application/json", Requests.event("ana@example.com", "audit-1", 0, "user_prompt",
                Map.of("prompt", WORDS, "prompt_text", WORDS, "prompt_length", WORDS.length(), "prompt.id", "p1")));
        program.send("logs", "application/json", Requests.event("ana@example.com", "audit-1", 1, "assistant_response",
                Map.of("response", WORDS, "response_length", WORDS.length(), "prompt.id", "p1")));
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

    @Test
    void anAuditorRevealsAPromptForAReasonAndSeesThatInTheLog() {
        var auditor = program.account(Roles.AUDITOR);
        var page = chromium.signedIn(auditor, ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/people/ana@example.com");
        assertThat(page.locator(".words").first()).containsText(WORDS.length() + " characters, masked.");
        assertThat(page.content()).doesNotContain("planted words");

        page.locator(".words .reveal").first().click();
        var reason = page.locator(".words .asking input");
        reason.fill("because");
        page.getByText("Reveal and log").click();
        assertThat(page.getByText("A reason takes at least")).isVisible();
        assertThat(page.content()).doesNotContain("planted words");
        reason.fill(REASON);
        page.getByText("Reveal and log").click();

        assertThat(page.locator(".revealed")).containsText("planted words: fire <b>bob</b> U+202E on monday");
        assertThat(page.locator(".revealed b")).hasCount(0);
        page.locator(".words").getByText("Hide").click();
        assertThat(page.locator(".revealed")).hasCount(0);

        page.navigate(program.console() + "/audit?what=words_revealed");
        var line = page.locator(".audit-row.read").first();
        assertThat(line).containsText(auditor);
        assertThat(line).containsText("ana@example.com");
        assertThat(line).containsText(REASON);
        assertThat(page.content()).doesNotContain("planted words");
        line.locator("a.c").click();
        assertThat(page).hasURL(Pattern.compile(".*whose=ana%40example.com.*"));
        assertThat(page.locator(".audit-row.read")).hasCount(1);
        assertThat(program.get("/api/v1/events?person=ana@example.com").toString()).doesNotContain("planted words").contains("[masked:");
        assertThat(program.log()).doesNotContain("planted words");
    }

    @Test
    void aViewerCannotAndSeesWhy() {
        var page = chromium.signedIn(program.account(Roles.VIEWER), ProgramUnderTest.PASSWORD);

        page.navigate(program.console() + "/people/ana@example.com");

        assertThat(page.locator(".words").first()).containsText("Read by analysts and auditors only");
        assertThat(page.locator(".words .reveal")).hasCount(0);
        assertThat(page.content()).doesNotContain("planted words");
        page.navigate(program.console() + "/people/ana@example.com?q=planted");
        assertThat(page.getByText("No record fits.")).isVisible();
        page.navigate(program.console() + "/people/ana@example.com?show=prompts");
        page.locator(".trail-row:not(.rowhead) .t").first().click();
        assertThat(page.locator(".detail").first()).isVisible();
        assertThat(page.content()).doesNotContain("planted words");
        page.navigate(program.console() + "/people/ana@example.com/sessions/audit-1");
        assertThat(page.locator(".words").first()).isVisible();
        assertThat(page.content()).doesNotContain("planted words");
        page.navigate(program.console() + "/audit");
        assertThat(page.locator(".audit-row")).hasCount(0);
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit").setExact(true))).hasCount(0);
    }

    @Test
    void theLogIsReadByAdministratorsTooAndHasNothingToPress() {
        program.account(Roles.ADMIN);
        var page = chromium.signedIn(program.account(Roles.ADMIN), ProgramUnderTest.PASSWORD);

        page.navigate(program.console() + "/audit");

        assertThat(page.locator(".audit-row:not(.rowhead)").first()).isVisible();
        assertThat(page.locator(".audit vaadin-button")).hasCount(0);
        assertThat(Chromium.barriers(page)).isEmpty();
    }
}
