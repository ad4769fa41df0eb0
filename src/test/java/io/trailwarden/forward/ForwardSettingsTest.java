package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForwardSettingsTest {

    private static final String SECRET = "correct-horse-battery-staple-0123456789";

    @Test
    void destinationsComeFromTheEnvironment() {
        var settings = environment(Map.of("TRAILWARDEN_FORWARD_OUR_SIEM_KIND", "webhook", "TRAILWARDEN_FORWARD_OUR_SIEM_URL", "https://siem.example/in",
                "TRAILWARDEN_FORWARD_OUR_SIEM_SECRET", SECRET, "TRAILWARDEN_FORWARD_OUR_SIEM_EVENT_NAMES", "tool_*", "PATH", "/bin"));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.name()).isEqualTo("our-siem");
            assertThat(destination.kind()).isEqualTo(WebhookForwarder.KIND);
            assertThat(destination.settings().text(CommonOptions.EVENT_NAMES)).isEqualTo("tool_*");
            assertThat(destination.settings().where()).isEqualTo("https://siem.example");
        });
    }

    @Test
    void destinationsComeFromPropertiesWithTheSecretInAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        var settings = ForwardSettings.of(properties(Map.of("secret-file", file.toString())), Map.of());

        assertThat(settings.problems()).isEmpty();
        var option = WebhookForwarder.KIND.options().stream().filter(each -> each.name().equals("secret")).findFirst().orElseThrow();
        assertThat(settings.destinations().getFirst().settings().secret(option).orElseThrow().reveal()).isEqualTo(SECRET);
    }

    @Test
    void theEnvironmentWins() {
        var settings = ForwardSettings.of(properties(Map.of()), Map.of("TRAILWARDEN_FORWARD_SIEM_SECRET", SECRET, "TRAILWARDEN_FORWARD_SIEM_URL", "https://other.example"));

        assertThat(settings.destinations().getFirst().settings().where()).isEqualTo("https://other.example");
    }

    @Test
    void aSecretInPropertiesIsRefusedAndNotRepeated() {
        var settings = ForwardSettings.of(properties(Map.of("secret", SECRET)), Map.of());

        assertThat(settings.problems()).contains("trailwarden.forward.siem.secret must come from the variable TRAILWARDEN_FORWARD_SIEM_SECRET"
                + " or from the file that trailwarden.forward.siem.secret-file names");
        assertThat(settings.problems().toString()).doesNotContain(SECRET);
    }

    /// A password in a URL is what makes it a wrong one; a path may be as good as a password.
    @Test
    void aUrlThatWillNotDoIsNotShown() {
        for (var url : java.util.List.of("https://ana:" + SECRET + "@siem.example/in", "htps://hooks.example/" + SECRET)) {
            var settings = environment(Map.of("TRAILWARDEN_FORWARD_A_KIND", "webhook", "TRAILWARDEN_FORWARD_A_URL", url, "TRAILWARDEN_FORWARD_A_SECRET", "x"));

            assertThat(settings.problems()).singleElement().asString().contains("trailwarden.forward.a.url must be a URL").doesNotContain(SECRET);
        }
    }

    @Test
    void aTokenThatIsNoHeaderStopsTheStartAndIsNotShown() {
        var settings = environment(Map.of("TRAILWARDEN_FORWARD_A_KIND", "splunk-hec", "TRAILWARDEN_FORWARD_A_URL", "https://siem.example",
                "TRAILWARDEN_FORWARD_A_TOKEN", SECRET + "\u2013"));

        assertThat(settings.problems()).containsExactly("trailwarden.forward.a.token must be ASCII that can be printed, got another (not shown)");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        var settings = ForwardSettings.of(Map.of(
                "trailwarden.forward.siem.kind", "webhook", "trailwarden.forward.siem.url", "ftp://siem.example", "trailwarden.forward.siem.sned", "alerts",
                "trailwarden.forward.siem.send", "everything", "trailwarden.forward.other.kind", "pigeon", "trailwarden.forward.Third.kind", "webhook",
                "trailwarden.bind", "127.0.0.1"), Map.of("TRAILWARDEN_FORWARD_SIEM_COLOUR", "red"));

        assertThat(settings.destinations()).isEmpty();
        assertThat(settings.problems()).hasSize(7).anySatisfy(problem -> assertThat(problem)
                .startsWith("trailwarden.forward.siem.url must be a URL such as https://siem.example/path, without user and password, got another (not shown)"))
                .contains("trailwarden.forward.siem.secret must be set: a text without control characters",
                        "trailwarden.forward.siem.send must be alerts, events or both, got 'everything'",
                        "trailwarden.forward.Third.kind is no setting; a destination's is trailwarden.forward.<name>.<option>, the name in lower case")
                .anySatisfy(problem -> assertThat(problem).startsWith("trailwarden.forward.siem.sned is no setting of this kind; it has alert-rules, "))
                .anySatisfy(problem -> assertThat(problem).startsWith("trailwarden.forward.other.kind must be ").endsWith("got 'pigeon'"))
                .anySatisfy(problem -> assertThat(problem).startsWith("TRAILWARDEN_FORWARD_SIEM_COLOUR is no setting"));
    }

    @Test
    void whatOpeningFindsIsAProblemToo(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        var plain = environment(Map.of("TRAILWARDEN_FORWARD_A_KIND", "webhook", "TRAILWARDEN_FORWARD_A_URL", "http://siem.example", "TRAILWARDEN_FORWARD_A_SECRET", SECRET));
        var trust = environment(Map.of("TRAILWARDEN_FORWARD_A_KIND", "webhook", "TRAILWARDEN_FORWARD_A_URL", "https://siem.example", "TRAILWARDEN_FORWARD_A_SECRET", SECRET,
                "TRAILWARDEN_FORWARD_A_CA_FILE", file.toString()));

        assertThat(plain.problems()).singleElement().asString().startsWith("trailwarden.forward.a.url must be https, got http");
        assertThat(trust.problems()).singleElement().asString().startsWith("trailwarden.forward.a.ca-file must name certificates in PEM");
    }

    private static ForwardSettings environment(Map<String, String> variables) {
        return ForwardSettings.of(Map.of(), variables);
    }

    private static Map<String, String> properties(Map<String, String> more) {
        var all = new HashMap<>(Map.of("trailwarden.forward.siem.kind", "webhook", "trailwarden.forward.siem.url", "https://siem.example/in"));
        more.forEach((option, value) -> all.put("trailwarden.forward.siem." + option, value));
        return all;
    }
}
