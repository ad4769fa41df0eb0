package io.trailwarden.dashboard.accounts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.identity.Roles;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountsPageIT {

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
    void whoeverIsMadeAnAccountSignsInWithThePasswordShownOnceAndSeesWhatTheirRoleOpens() {
        var page = accounts();
        press(page, "Make an account…");
        name(page).fill("Ana@example.com");
        press(page, "Make the account");
        var password = page.locator(".once .token").textContent();
        assertThat(row(page, "ana@example.com")).containsText("viewer");
        assertThat(row(page, "ana@example.com")).containsText("never");
        assertThat(Chromium.barriers(page)).isEmpty();

        var theirs = chromium.signedIn("ana@example.com", password);
        theirs.navigate(program.console() + "/accounts");
        assertThat(theirs.getByText("This page is not for your role")).isVisible();
        page.reload();
        assertThat(page.getByText(password)).hasCount(0);

        row(page, "ana@example.com").getByRole(AriaRole.BUTTON, named("Roles… ana@example.com")).click();
        page.getByLabel(Pattern.compile("^admin – ")).check();
        press(page, "Change the roles");
        assertThat(row(page, "ana@example.com")).containsText("viewer, admin");
        assertThat(theirs.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Accounts").setExact(true))).isVisible();
        theirs.navigate(program.console() + "/accounts");
        assertThat(row(theirs, "ana@example.com")).isVisible();
    }

    @Test
    void aRemovedAccountIsSignedOut() {
        var name = program.account(Roles.VIEWER, Roles.AUDITOR);
        var theirs = chromium.signedIn(name, ProgramUnderTest.PASSWORD);
        var page = accounts();

        row(page, name).getByRole(AriaRole.BUTTON, named("Remove… " + name)).click();
        press(page, "Remove");
        assertThat(row(page, name)).hasCount(0);

        assertThat(theirs).hasURL(Pattern.compile(".*/login\\.html.*"));
        theirs.navigate(program.console() + "/people");
        assertThat(theirs).hasURL(Pattern.compile(".*/login\\.html.*"));
    }

    @Test
    void aNameThatIsTakenIsSaid() {
        var taken = program.account(Roles.VIEWER);
        var page = accounts();
        press(page, "Make an account…");
        name(page).fill(taken);

        press(page, "Make the account");

        assertThat(page.locator("[slot=error-message]", new Page.LocatorOptions().setHasText("The name is taken"))).isVisible();
    }

    private static Page accounts() {
        var page = chromium.signedIn(program.firstRun("user"), program.firstRun("password"));
        page.navigate(program.console() + "/accounts");
        return page;
    }

    private static Locator name(Page page) {
        return page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator row(Page page, String name) {
        return page.locator("table.accounts tr", new Page.LocatorOptions().setHas(page.locator("td.b", new Page.LocatorOptions().setHasText(name))));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
