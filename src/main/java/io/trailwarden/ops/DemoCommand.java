package io.trailwarden.ops;

import io.trailwarden.demo.Fleet;
import io.trailwarden.demo.Highlight;
import io.trailwarden.demo.Sender;
import io.trailwarden.demo.Trickle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Fills the running service with the trail of an invented company, through its door, and says what to look at.
@Command(name = "demo", description = "Send two weeks of an invented company to the service that runs beside it.")
final class DemoCommand implements Callable<Integer> {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final long SEED = 20_261_121;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--force", description = "Also into a trail that holds other people's records; they cannot be told apart afterwards.")
    private boolean force;

    @Option(names = "--live", description = "Go on with what happens from now on, until Ctrl-C.")
    private boolean live;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var dataDir = Settings.read().dataDir();
        var access = FirstRunAccess.read(dataDir, "a data directory with TRAILWARDEN_DATA_DIR");
        var service = new RunningService(access.console(), access.apiToken());
        var people = service.people();
        if (people.stream().anyMatch(Fleet::isInvented)) {
            out().println("The demo is in this trail already; nothing was sent. Look at:");
        } else if (!people.isEmpty() && !force) {
            throw new CannotStart("the trail at %s holds records of %d people who are not the demo's; use an empty data directory, or --force to mix them for good"
                    .formatted(access.console(), people.size()));
        } else {
            addPolicy(dataDir.resolve("policy.yaml"), service);
            send(access, service);
            if (people.isEmpty()) {
                work();
            }
            out().println("Look at:");
        }
        for (var one : Fleet.until(CLOCK.instant(), SEED).highlights()) {
            out().printf("  %s/%s%n      %s%n", access.console(), path(one, service), one.says());
        }
        out().flush();
        if (live) {
            live(access);
        }
        return 0;
    }

    /// Until the process is ended.
    private void live(FirstRunAccess access) throws InterruptedException {
        out().println("Sending what happens now; end it with Ctrl-C.");
        out().flush();
        var trickle = new Trickle(CLOCK.instant(), SEED);
        try (var sender = new Sender(access.otlpHttp(), access.ingestToken().reveal())) {
            while (true) {
                sender.send(trickle, CLOCK.instant());
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (Sender.NotTaken refused) {
            throw new CannotStart(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static String path(Highlight highlight, RunningService service) throws InterruptedException {
        var person = highlight.person();
        var rule = highlight.rule();
        if (person == null) {
            return "alerts";
        }
        var alert = rule == null ? Optional.<String>empty() : service.alert(person, rule);
        return alert.map(id -> "alerts/" + id).orElse("people/" + person);
    }

    /// A queue on which nobody ever worked shows half of what it is for.
    private void work() throws IOException {
        int worked;
        try {
            worked = new DemoAnalysts(TokenCommand.database(Settings.read()), CLOCK).work();
        } catch (SQLException unreachable) {
            throw new IOException("the demo's alerts could not be worked on", unreachable);
        }
        out().printf("%d alerts were worked on by %s, the invented company's analysts; nobody can sign in as them.%n", worked,
                String.join(" and ", DemoAnalysts.NAMES));
    }

    private void send(FirstRunAccess access, RunningService service) throws InterruptedException {
        var began = CLOCK.instant();
        var fleet = Fleet.until(began, SEED);
        try (var sender = new Sender(access.otlpHttp(), access.ingestToken().reveal())) {
            sender.send(fleet, sent -> progress("Sending %,d of %,d records".formatted(sent, fleet.size())));
        } catch (Sender.NotTaken refused) {
            throw new CannotStart(String.valueOf(refused.getMessage()), refused);
        }
        long behind = service.behind();
        while (behind > 0) {
            progress("Sent %,d records; rules have %,d to look at".formatted(fleet.size(), behind));
            Thread.sleep(Duration.ofMillis(200));
            behind = service.behind();
        }
        progress("");
        out().printf("%sSent %,d records of sixty people in %d s.%n", System.console() == null ? "" : "\r", fleet.size(),
                Duration.between(began, CLOCK.instant()).toSeconds());
    }

    /// Without lists of its own the company's servers and hosts would all be strangers.
    private void addPolicy(Path file, RunningService service) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            out().printf("%s is left as it is; with other lists than the demo's there will be other alerts.%n", file);
            return;
        }
        var before = service.rules();
        Files.writeString(file, DemoPolicy.text());
        // The service looks at the file once a second. Rules are named by their text and lists, so their names change.
        for (int i = 0; i < 50 && service.rules().equals(before); i++) {
            Thread.sleep(Duration.ofMillis(100));
        }
        out().printf("Wrote %s: the hosts, servers and organisation of the invented company. Remove it with the demo.%n", file);
    }

    /// One line that changes, where somebody watches.
    private void progress(String line) {
        if (System.console() != null) {
            out().printf("\r%-72s", line);
            out().flush();
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
