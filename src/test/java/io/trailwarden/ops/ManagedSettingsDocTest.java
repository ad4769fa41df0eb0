package io.trailwarden.ops;

import io.trailwarden.DocumentCheck;
import io.trailwarden.ops.ManagedSettings.Choice;
import io.trailwarden.ops.ManagedSettings.Credential;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ManagedSettingsDocTest {

    private static final URI ENDPOINT = URI.create("https://telemetry.example.com");

    @Test
    void thePageOfManagedSettingsIsWhatTheCommandPrints() {
        var settings = new ManagedSettings(ENDPOINT, new Credential.Placeholder());
        var page = new StringBuilder("""
                # Managed settings

                What Claude Code needs to send its telemetry here, with all that the shipped rules ask for. `./trailwarden settings` prints it:

                ```sh
                ./trailwarden token issue developers
                ./trailwarden settings --endpoint https://telemetry.example.com --token tw_... > managed-settings.json
                ```

                Without `--endpoint` it is the address of the first run, which this machine only can reach. Without `--token` a text stands there that
                says how to make one; `--with-first-token` takes that of the first run. `--explain` says in the terminal what this page says. An
                endpoint that is plain http and not on this machine is warned of: the token can be read on the way.

                ```json
                %s
                ```

                ## Where it goes

                | system | file |
                |---|---|
                """.formatted(settings.json()));
        ManagedSettings.places().forEach(place -> page.append("| %s | `%s` |\n".formatted(place.system(), place.path())));
        page.append('\n');
        ManagedSettings.advice().forEach(sentence -> page.append("- ").append(sentence).append('\n'));
        page.append("\n## Each choice\n\n| key | value | what it does | without it |\n|---|---|---|---|\n");
        settings.choices().forEach(choice -> page.append(row(choice)));
        page.append("""

                ## A token for each person

                Whoever can read the file can send under its token. With `--helper /opt/corp/otel-token.sh` a program of yours gives each person or
                machine its own, and this line stands in place of the header:

                | key | value | what it does | without it |
                |---|---|---|---|
                """);
        new ManagedSettings(ENDPOINT, new Credential.Helper("/opt/corp/otel-token.sh")).choices().stream()
                .filter(choice -> choice.key().equals("otelHeadersHelper")).forEach(choice -> page.append(row(choice)));

        DocumentCheck.assertDocument("docs/managed-settings.md", page.toString());
    }

    private static String row(Choice choice) {
        return "| `%s` | `%s` | %s | %s |\n".formatted(choice.key(), choice.value(), choice.why().replace("|", "\\|"), choice.without().replace("|", "\\|"));
    }
}
