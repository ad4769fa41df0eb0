package io.trailwarden.ops;

import io.trailwarden.identity.Secret;
import io.trailwarden.ops.ManagedSettings.Choice;
import io.trailwarden.ops.ManagedSettings.Credential;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Prints managed settings for Claude Code: JSON on the output, warnings beside it.
@Command(name = "settings", description = "Print the managed-settings.json with which Claude Code sends its telemetry here.")
final class ManagedSettingsCommand implements Callable<Integer> {

    @Option(names = "--endpoint", paramLabel = "URL",
            description = "OTLP over HTTP as the developers' machines reach it; default: trailwarden.public.otlp-url, else that of "
                    + "DATA_DIR/first-run.json.")
    private @Nullable URI endpoint;

    @ArgGroup(exclusive = true)
    private Who who = new Who();

    @Option(names = "--explain", description = "Say after the JSON where it goes, what each line does and what is lost without it.")
    private boolean explain;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// At most one of them; none leaves a text that says how to make a token.
    private static final class Who {

        @Option(names = "--token", paramLabel = "TOKEN", description = "Ingest token to write into it; default: a text that says how to make one.")
        private @Nullable String token;

        @Option(names = "--with-first-token", description = "Write the ingest token of DATA_DIR/first-run.json into it.")
        private boolean withFirstToken;

        @Option(names = "--helper", paramLabel = "PATH", description = "Program on the developers' machines that prints the headers, in place of a token.")
        private @Nullable String helper;
    }

    @Override
    public Integer call() throws IOException {
        var settings = settings();
        var out = spec.commandLine().getOut();
        out.println(settings.json());
        if (explain) {
            explain(settings, out);
        }
        out.flush();
        settings.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        return 0;
    }

    private ManagedSettings settings() throws IOException {
        try {
            return new ManagedSettings(endpoint == null ? configured() : endpoint, credential());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static URI configured() throws IOException {
        var settings = Settings.read();
        return settings.isSet(Settings.PUBLIC_OTLP) ? URI.create(settings.get(Settings.PUBLIC_OTLP)) : firstRun("--endpoint").otlpHttp();
    }

    private Credential credential() throws IOException {
        if (who.token != null) {
            return new Credential.Token(new Secret(who.token));
        }
        if (who.withFirstToken) {
            return new Credential.Token(firstRun("--token").ingestToken());
        }
        return who.helper == null ? new Credential.Placeholder() : new Credential.Helper(who.helper);
    }

    private static FirstRunAccess firstRun(String otherwise) throws IOException {
        return FirstRunAccess.read(Settings.read().dataDir(), otherwise);
    }

    private static void explain(ManagedSettings settings, PrintWriter out) {
        out.println();
        out.println("Where it goes");
        ManagedSettings.places().forEach(place -> out.printf("  %-11s %s%n", place.system(), place.path()));
        ManagedSettings.advice().forEach(sentence -> out.println("  - " + sentence));
        out.println();
        out.println("What each line does");
        settings.choices().forEach(choice -> explain(choice, out));
    }

    private static void explain(Choice choice, PrintWriter out) {
        out.printf("  %s = %s%n", choice.key(), choice.value());
        out.println("      " + choice.why());
        out.println("      Without it: " + choice.without());
    }
}
