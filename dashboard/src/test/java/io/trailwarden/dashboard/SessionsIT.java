package io.trailwarden.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.identity.Roles;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What becomes of open pages when their account changes, as the people in front of them see it.
class SessionsIT {

    private static final Pattern SIGN_IN = Pattern.compile(".*/login\\.html.*");
    private static final String NEW = "another long password";

    private static ProgramUnderTest program;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        program = ProgramUnderTest.start();
        setDefaultAssertionTimeout(30_000);
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
        assertThat(program.log()).as("pages of ended sessions go quietly").doesNotContain("UnauthorizedException");
    }

    @Test
    void aRemovedAccountSeesTheSignInByItself() {
        var name = program.account(Roles.VIEWER);
        var theirs = open(name, ProgramUnderTest.PASSWORD, "/people");
        var admin = accounts();

        row(admin, name).getByRole(AriaRole.BUTTON, named("Remove… " + name)).click();
        press(admin, "Remove");

        assertThat(theirs).hasURL(SIGN_IN);
        assertThat(admin.getByText("may sign in")).isVisible();
    }

    @Test
    void aNewPasswordEndsEverySessionOfTheAccount() {
        var name = program.account(Roles.ANALYST);
        var one = open(name, ProgramUnderTest.PASSWORD, "/people");
        var other = open(name, ProgramUnderTest.PASSWORD, "/alerts");
        var admin = accounts();

        row(admin, name).getByRole(AriaRole.BUTTON, named("New password… " + name)).click();
        press(admin, "Make a new password");
        var password = admin.locator(".once .token").textContent();

        assertThat(one).hasURL(SIGN_IN);
        assertThat(other).hasURL(SIGN_IN);
        signIn(one, name, password);
        assertThat(one).hasURL(program.console() + "/people");
    }

    @Test
    void aRoleThatIsTakenAwayClosesThePageThatItOpened() {
        var name = program.account(Roles.ENGINEER);
        var theirs = open(name, ProgramUnderTest.PASSWORD, "/setup");
        assertThat(theirs.getByRole(AriaRole.LINK, page("Set up"))).isVisible();
        var admin = accounts();

        row(admin, name).getByRole(AriaRole.BUTTON, named("Roles… " + name)).click();
        admin.getByLabel(Pattern.compile("^viewer – ")).check();
        admin.getByLabel(Pattern.compile("^engineer – ")).uncheck();
        press(admin, "Change the roles");

        assertThat(theirs.getByText("This page is not for your role")).isVisible();
        assertThat(theirs.getByRole(AriaRole.LINK, page("Set up"))).hasCount(0);
    }

    @Test
    void somebodyChangesTheirOwnPasswordAndStaysWhereTheyAre() {
        var name = program.account(Roles.VIEWER, Roles.ANALYST);
        var elsewhere = open(name, ProgramUnderTest.PASSWORD, "/people");
        var page = open(name, ProgramUnderTest.PASSWORD, "/people");
        page.locator(".foot").getByText("Password").click();
        assertThat(page).hasURL(program.console() + "/password");
        assertThat(Chromium.barriers(page)).isEmpty();

        fill(page, "not what it is", NEW, NEW);
        assertThat(said(page, "this is not your password")).isVisible();
        assertThat(elsewhere).hasURL(program.console() + "/people");
        fill(page, ProgramUnderTest.PASSWORD, "short", "short");
        assertThat(said(page, "a password has 12 characters or more")).isVisible();
        fill(page, ProgramUnderTest.PASSWORD, NEW, NEW + "r");
        assertThat(said(page, "This is not the new password above")).isVisible();
        fill(page, ProgramUnderTest.PASSWORD, NEW, NEW);

        assertThat(page.getByText("Your password is changed.")).isVisible();
        assertThat(elsewhere).hasURL(SIGN_IN);
        page.reload();
        assertThat(page).hasURL(program.console() + "/password");
        signIn(elsewhere, name, ProgramUnderTest.PASSWORD);
        assertThat(elsewhere).hasURL(Pattern.compile(".*/login\\.html#failed"));
        signIn(elsewhere, name, NEW);
        assertThat(elsewhere.locator("vaadin-app-layout")).isVisible();

        var admin = accounts();
        admin.navigate(program.console() + "/audit?who=" + name);
        assertThat(admin.locator(".audit-row", new Page.LocatorOptions().setHasText("changed the password of"))).containsText("127.0.0.1");
        assertThat(admin.locator(".audit-row", new Page.LocatorOptions().setHasText("gave a wrong password"))).hasCount(1);
        assertThat(program.log()).doesNotContain(NEW);
    }

    /// Signing out in one tab ends what another shows.
    @Test
    void signingOutEndsTheOtherTabsOfTheSession() {
        var page = open(program.account(Roles.AUDITOR), ProgramUnderTest.PASSWORD, "/people");
        var tab = page.context().newPage();
        tab.navigate(program.console() + "/alerts");
        assertThat(tab.locator("vaadin-app-layout")).isVisible();

        page.getByText("Sign out").click();

        assertThat(page).hasURL(SIGN_IN);
        assertThat(tab).hasURL(SIGN_IN);
    }

    private static Page accounts() {
        return open(program.firstRun("user"), program.firstRun("password"), "/accounts");
    }

    private static Page open(String name, String password, String address) {
        var page = chromium.signedIn(name, password);
        page.navigate(program.console() + address);
        page.locator("vaadin-app-layout").waitFor();
        Filled.await(page);
        return page;
    }

    private static void signIn(Page page, String name, String password) {
        page.locator("input[name=j_username]").fill(name);
        page.locator("input[name=j_password]").fill(password);
        page.locator("button[type=submit]").click();
    }

    private static void fill(Page page, String current, String next, String again) {
        page.getByLabel("The one you have", new Page.GetByLabelOptions().setExact(true)).fill(current);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill(next);
        page.getByLabel("New password again", new Page.GetByLabelOptions().setExact(true)).fill(again);
        press(page, "Change the password");
    }

    private static Locator said(Page page, String words) {
        return page.locator("[slot=error-message]", new Page.LocatorOptions().setHasText(words));
    }

    private static Locator row(Page page, String name) {
        return page.locator("table.accounts tr", new Page.LocatorOptions().setHas(page.locator("td.b",
                new Page.LocatorOptions().setHasText(Pattern.compile("^" + name + "$")))));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions page(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }
}
