package io.trailwarden.ops;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.EmbeddedPostgres;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.DatabaseTokens;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Tokens from the command line, beside the running service; it knows of a change within 5 s.
@Command(name = "token", description = "Make, list and revoke tokens.", synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Runnable {

    private static final InstantSource CLOCK = InstantSource.system();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        list();
    }

    @Command(name = "issue", description = "Make a token and print it, this once.")
    int issue(
            @Parameters(paramLabel = "NAME", description = "Who it is for; stamped on every record that it sends.") String name,
            @Option(names = "--kind", description = "ingest (default) or api.", defaultValue = "ingest") Kind kind,
            @Option(names = "--signals", split = ",", description = "Of an ingest token: log, metric, span; default all.") @Nullable Set<Signal> signals,
            @Option(names = "--scopes", split = ",", description = "Of an API token: read (default), or read,triage to work on alerts too.") @Nullable Set<Scope> scopes,
            @Option(names = "--expires", description = "After this long, such as 90d; default never.") @Nullable String expires) {
        try {
            var issued = tokens().issue(name, kind, signals(kind, signals), scopes(kind, scopes), expires == null ? null : expiry(expires), "command line");
            out().println(issued.text().reveal());
            return 0;
        } catch (IllegalArgumentException refused) {
            throw new CannotStart(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Command(name = "list", description = "Show all tokens, without their secrets.")
    int list() {
        var tokens = tokens().list();
        out().printf("%-14s %-8s %-14s %-24s %-22s %-22s %s%n", "id", "kind", "may", "name", "created", "last used", "state");
        for (var token : tokens) {
            out().printf("%-14s %-8s %-14s %-24s %-22s %-22s %s%n", token.id(), token.kind().name().toLowerCase(Locale.ROOT), may(token), token.name(),
                    seconds(token.createdAt()), seconds(token.lastUsedAt()), state(token));
        }
        return 0;
    }

    @Command(name = "revoke", description = "End a token.")
    int revoke(@Parameters(paramLabel = "ID", description = "The part after tw_, as shown by list.") String id) {
        if (tokens().revoke(id, "command line")) {
            out().println("token " + id + " is revoked; the service knows within 5 s");
            return 0;
        }
        throw new CannotStart("there is no token '" + id + "' that could be revoked; ./trailwarden token list shows all");
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "set before a command runs").commandLine().getOut();
    }

    /// An API token reads and sends nothing, so it has no signals.
    private static Set<Signal> signals(Kind kind, @Nullable Set<Signal> asked) {
        if (asked != null) {
            return EnumSet.copyOf(asked);
        }
        return kind == Kind.API ? EnumSet.noneOf(Signal.class) : EnumSet.allOf(Signal.class);
    }

    /// An ingest token writes and does nothing else, so it has no scopes.
    private static Set<Scope> scopes(Kind kind, @Nullable Set<Scope> asked) {
        if (asked != null) {
            return asked;
        }
        return kind == Kind.API ? Set.of(Scope.READ) : Set.of();
    }

    private static String may(Tokens.Token token) {
        return switch (token.kind()) {
            case INGEST -> token.signals().stream().map(Signal::wireName).sorted().collect(Collectors.joining(","));
            case API -> token.scopes().stream().map(Scope::wireName).sorted().collect(Collectors.joining(","));
        };
    }

    private static Instant expiry(String text) {
        if (!text.matches("[1-9]\\d{0,4}[hd]")) {
            throw new CannotStart("--expires must be hours or days such as 12h or 90d, got '" + text + "'");
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return CLOCK.instant().plus(text.endsWith("d") ? Duration.ofDays(count) : Duration.ofHours(count));
    }

    private static String seconds(@Nullable Instant time) {
        return time == null ? "never" : time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    }

    private static String state(Tokens.Token token) {
        if (token.revokedAt() != null) {
            return "revoked " + seconds(token.revokedAt());
        }
        return token.expiresAt() == null ? "in force" : "until " + seconds(token.expiresAt());
    }

    private static Tokens tokens() {
        return new DatabaseTokens(database(Settings.read()), CLOCK, new SimpleMeterRegistry());
    }

    /// The database of the service beside the command.
    static PGSimpleDataSource database(Settings settings) {
        var source = new PGSimpleDataSource();
        if (settings.isSet(Settings.DATABASE_URL)) {
            source.setUrl(settings.get(Settings.DATABASE_URL));
            source.setUser(settings.get(Settings.DATABASE_USER));
            source.setPassword(settings.get(Settings.DATABASE_PASSWORD));
            return source;
        }
        var access = EmbeddedPostgres.running(settings.dataDir()).orElseThrow(() -> new CannotStart(
                "no service runs on %s; start it with ./trailwarden run".formatted(settings.dataDir())));
        source.setUrl(access.jdbcUrl());
        source.setUser(access.user());
        source.setPassword(access.password());
        return source;
    }
}
