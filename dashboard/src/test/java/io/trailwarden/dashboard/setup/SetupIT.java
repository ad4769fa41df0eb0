package io.trailwarden.dashboard.setup;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The engineer's walk: a token, the settings that carry it, and the first record that came of them.
class SetupIT {

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
    void anEngineerMakesATokenCopiesTheSettingsAndSeesTheFirstRecord() throws IOException, InterruptedException {
        var page = setup(Roles.ENGINEER);
        page.getByLabel("For whom").fill("payments-team");
        press(page, "Make the token");
        var token = page.locator(".token");
        assertThat(token).hasText(Pattern.compile("tw_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}"));

        page.context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
        press(page, "Copy the settings");
        assertThat(page.getByText("Copied")).isVisible();
        var settings = new ObjectMapper().readTree((String) page.evaluate("navigator.clipboard.readText()")).path("env");
        assertThat(settings.path("OTEL_EXPORTER_OTLP_HEADERS").asText()).isEqualTo("Authorization=Bearer " + token.textContent());
        assertThat(settings.path("OTEL_EXPORTER_OTLP_ENDPOINT").asText()).isEqualTo("http://127.0.0.1:" + program.httpPort());
        assertThat(page.locator(".waiting")).containsText("Waiting for the first record that is sent with this token");

        program.send("logs", "application/json", Requests.command("bo@example.com", "other-token", 1, "ls", "accept"));
        program.awaitLoaded();
        assertThat(page.locator(".waiting")).isVisible();
        sendAsTheSettingsSay(settings.path("OTEL_EXPORTER_OTLP_ENDPOINT").asText(), settings.path("OTEL_EXPORTER_OTLP_HEADERS").asText());

        assertThat(page.locator(".here")).containsText("tool_decision of ana@example.com");
        assertThat(page.locator(".here")).containsText("payments-team");
        assertThat(Chromium.barriers(page)).isEmpty();
    }

    @Test
    void aRevokedTokenIsAnsweredNoMore() throws IOException, InterruptedException {
        var page = setup(Roles.ADMIN);
        page.getByLabel("For whom").fill("leaked");
        press(page, "Make the token");
        var header = "Authorization=Bearer " + page.locator(".token").textContent();
        var row = page.locator("table.tokens tr", new Page.LocatorOptions().setHasText("leaked"));
        assertThat(row).containsText("in force until");

        row.getByRole(AriaRole.BUTTON).click();
        press(page, "Revoke");

        assertThat(row).containsText("revoked");
        assertThat(send("http://127.0.0.1:" + program.httpPort(), header)).isEqualTo(401);
    }

    @Test
    void anAddressThatIsNoneIsSaidAndTheLastGoodFileStays() {
        var page = setup(Roles.ENGINEER);
        var endpoint = page.getByLabel("Where the developers' machines send to");
        endpoint.fill("https://telemetry.example.com");
        endpoint.press("Tab");
        assertThat(page.locator(".file")).containsText("https://telemetry.example.com");

        endpoint.fill("telemetry.example.com/v1/logs");
        endpoint.press("Tab");

        assertThat(page.getByText("Give a base URL such as")).isVisible();
        assertThat(page.locator(".file")).containsText("\"OTEL_EXPORTER_OTLP_ENDPOINT\": \"https://telemetry.example.com\"");
    }

    @Test
    void aTokenWithoutANameIsNotMade() {
        var page = setup(Roles.ENGINEER);

        press(page, "Make the token");

        assertThat(page.getByText("Give it a name of 1 to 100 printable characters")).isVisible();
        assertThat(page.locator(".token")).hasCount(0);
    }

    @Test
    void anAnalystIsToldThatThePageIsNotForThem() {
        var page = setup(Roles.ANALYST);

        assertThat(page.getByText("This page is not for your role")).isVisible();
        assertThat(page.locator("vaadin-side-nav-item", new Page.LocatorOptions().setHasText("Set up"))).hasCount(0);
    }

    private static Page setup(String role) {
        var page = chromium.signedIn(program.account(role), ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + "/setup");
        return page;
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private static void sendAsTheSettingsSay(String endpoint, String headers) throws IOException, InterruptedException {
        assertThat(send(endpoint, headers)).isEqualTo(200);
    }

    private static int send(String endpoint, String headers) throws IOException, InterruptedException {
        var name = headers.substring(0, headers.indexOf('='));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(endpoint + "/v1/logs")).header(name, headers.substring(name.length() + 1))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Requests.command("ana@example.com", "first", 1, "ls", "accept"))).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
