package io.trailwarden.dashboard.registry;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.Requests;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.identity.Roles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// MCP servers and destinations in a real browser, down to the rules.
class RegistryPageIT {

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
    void whatAnEngineerApprovesIsReportedForNobodyAnyMore() throws IOException {
        connect("ledger", "ana@example.com");
        program.await(() -> alerts("ledger").stream().anyMatch(alert -> alert.path("rule").asText().equals("mcp_server_first_seen")));
        var before = version("mcp_server_first_seen_by_person");
        var page = open(Roles.ENGINEER, "/mcp");
        row(page, "ledger").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("ledger")).click();
        assertThat(page).hasURL(Pattern.compile(".*/mcp\\?one=.*"));

        press(page, "Approve…");
        press(page, "Approve this MCP server");
        assertThat(page.getByText("Say why, in a few words")).isVisible();
        page.getByLabel("Why").fill("we wrote it <b>ourselves</b>");
        press(page, "Approve this MCP server");

        assertThat(row(page, "ledger").locator(".standing")).hasText("approved");
        assertThat(page.locator(".chosen .told")).containsText("we wrote it <b>ourselves</b>");
        assertThat(Chromium.barriers(page)).isEmpty();
        program.await(() -> !version("mcp_server_first_seen_by_person").equals(before));
        connect("ledger", "bo@example.com");
        connect("ghost", "bo@example.com");
        program.await(() -> !alerts("ghost").isEmpty());
        assertThat(alerts("ledger")).as("alerts about the approved server").noneMatch(alert -> alert.path("person").asText().equals("bo@example.com"));

        press(page, "Export…");
        assertThat(page.locator(".export-dialog .code, vaadin-dialog .code, .code").first()).containsText("{ \"serverName\": \"ledger\" }");
        press(page, "Close");
        press(page, "Take back…");
        page.getByLabel("Why").fill("its owner left");
        press(page, "Take back this MCP server");
        assertThat(row(page, "ledger").locator(".standing")).hasText("nobody");
        assertThat(page.locator(".chosen .told")).containsText("its owner left");
    }

    @Test
    void aViewerSeesEverythingAndChangesNothing() throws IOException {
        send(Requests.command("carl@example.com", "s-carl", 1, "curl -s https://drop.example.net/x", "accept"));
        program.await(() -> !program.list("/api/v1/destinations?approved=false").isEmpty());
        var page = open(Roles.VIEWER, "/destinations");

        row(page, "drop.example.net").locator(".name a").click();

        assertThat(page.getByText("An engineer can change that.")).isVisible();
        assertThat(page.locator(".chosen")).containsText("carl@example.com");
        assertThat(page.locator(".chosen .lines").first()).containsText("curl");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve…"))).hasCount(0);
        assertThat(page.locator("h1")).containsText("new this week");
    }

    @Test
    void theListIsNarrowedByItsAddressAndByWhatIsTyped() throws IOException {
        connect("alpha", "dan@example.com");
        connect("beta", "eve@example.com");
        var page = open(Roles.VIEWER, "/mcp?person=dan%40example.com");
        assertThat(row(page, "alpha")).isVisible();
        assertThat(row(page, "beta")).hasCount(0);

        page.getByLabel("Of anybody").click();
        assertThat(row(page, "beta")).isVisible();
        page.getByLabel("Part of a name").fill("BET");
        assertThat(page).hasURL(Pattern.compile(".*text=BET.*"));
        assertThat(row(page, "alpha")).hasCount(0);
        page.getByLabel("Part of a name").fill("nothing like it");
        assertThat(page.getByText("None of the MCP servers is like that.")).isVisible();
    }

    @Test
    void aNameMadeToDeceiveIsInertEverywhere() throws IOException {
        connect("\u202e<img src=x onerror=window.hostile=1>\u001b[31m", "mal@example.com");
        var page = open(Roles.ENGINEER, "/mcp");

        page.locator(".registry-row", new Page.LocatorOptions().setHasText("onerror")).locator(".name a").first().click();
        press(page, "Approve…");

        assertThat(page.locator("vaadin-dialog .cc").first()).isVisible();
        assertThat(page.evaluate("window.hostile")).isNull();
        assertThat(page.content()).doesNotContain("\u202e", "\u001b", "<img src=\"x\"");
    }

    private static Page open(String role, String address) {
        var page = chromium.signedIn(program.account(role), ProgramUnderTest.PASSWORD);
        page.navigate(program.console() + address);
        return page;
    }

    private static Locator row(Page page, String name) {
        return page.locator(".registry-row", new Page.LocatorOptions().setHas(page.locator(".name", new Page.LocatorOptions().setHasText(name))));
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private static void connect(String server, String person) throws IOException {
        send(Requests.event(person, "mcp-" + server.length() + person, server.hashCode() & 0xffff, "mcp_server_connection",
                Map.of("server_name", server, "status", "connected", "transport_type", "stdio", "server_scope", "user")));
        program.await(() -> program.list("/api/v1/mcp-servers?person=" + person.replace("@", "%40")).stream()
                .anyMatch(one -> server.equals(one.path("name").asText())));
    }

    private static void send(byte[] request) throws IOException {
        assertThat(program.send("logs", "application/json", request).statusCode()).isEqualTo(200);
    }

    private static List<? extends JsonNode> alerts(String naming) {
        return program.list("/api/v1/alerts?limit=1000").stream().filter(alert -> alert.path("title").asText().contains(naming)).toList();
    }

    private static String version(String rule) {
        return program.list("/api/v1/rules").stream().filter(each -> each.path("id").asText().equals(rule)).findFirst().orElseThrow()
                .path("version").asText();
    }
}
