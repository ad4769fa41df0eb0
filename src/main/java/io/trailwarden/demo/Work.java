package io.trailwarden.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An ordinary session: somebody starts the client, asks for a few things, and answers what is asked.
///
/// Nothing in here is of interest to any shipped rule; what is, comes from [Stories] and [Oddities].
final class Work {

    private static final List<String> PROMPTS = List.of("the test for rounding fails since this morning, can you find out why",
            "rename this to match the other one and update the callers", "what does this do, and who calls it",
            "add a case for parcels without a postcode", "please review my changes before I push", "write a test for the empty list",
            "upgrade the dependency that the scanner complains about", "why is this slow? look at the query first",
            "split this file, it has grown too long", "make the error message say which depot", "go on");

    private static final List<String> AFTER = List.of("initialDelay = 5", "return List.of()", "if (postcode.isBlank())", "limit: 200", "timeout = \"5s\"");

    private Work() {
    }

    /// Emits one session of `person` from `start` on.
    ///
    /// @param resumed when the session is taken up again, null for never
    static void session(Person person, Instant start, @Nullable Instant resumed, Random random, Consumer<Telemetry> out) {
        var repository = pick(person.team().repositories(), random);
        var client = new Client(person, repository, person.habit(), start, random, out).start();
        connect(client);
        settle(client);
        int prompts = 1 + random.nextInt(3) + random.nextInt(2);
        for (int i = 0; i < prompts; i++) {
            prompt(client);
            client.pause(Duration.ofSeconds(30 + random.nextInt(600)));
        }
        if (resumed != null) {
            client.resumedAt(resumed).start();
            connect(client);
            prompt(client);
        }
    }

    static void connect(Client client) {
        for (var server : client.person().team().servers()) {
            client.connects(server, server.equals("github") || server.equals("linear") || server.equals("figma") ? "http" : "stdio", "user");
        }
    }

    /// Some people choose another mode before they begin.
    private static void settle(Client client) {
        var random = client.random();
        if (random.nextInt(7) == 0) {
            client.mode(client.mode().equals("default") ? "acceptEdits" : "default", "shift_tab");
        }
    }

    /// One prompt and all that follows from it.
    static void prompt(Client client) {
        var random = client.random();
        client.prompt(pick(PROMPTS, random));
        look(client);
        if (!client.mode().equals("plan")) {
            switch (random.nextInt(10)) {
                case 0, 1 -> ask(client);
                case 2 -> tracker(client);
                default -> change(client);
            }
        }
        client.answers();
    }

    private static void look(Client client) {
        var random = client.random();
        var stack = client.person().team().stack();
        client.call(Call.grep(pick(stack.questions(), random), client.folder()), Answer.unasked());
        for (int i = random.nextInt(3); i >= 0; i--) {
            client.call(Call.read(file(client)), Answer.unasked());
        }
        if (random.nextInt(3) == 0) {
            client.call(Call.safe(pick(List.of("git status --short", "git diff --stat", "git log --oneline -5", "ls -la"), random), "Look around"),
                    Answer.unasked());
        }
        if (random.nextInt(14) == 0) {
            client.call(Call.agent("Explore", "Find where depots are matched"), Answer.unasked());
        }
    }

    private static void ask(Client client) {
        var random = client.random();
        client.call(Call.fetch(pick(client.person().team().stack().pages(), random), "How is this configured?"),
                client.mode().equals("auto") ? Answer.unasked() : Answer.yes(slowly(random)), random.nextInt(20) > 0);
    }

    private static void tracker(Client client) {
        var server = pick(client.person().team().servers(), client.random());
        var call = switch (server) {
            case "linear" -> Call.mcp(server, "get_issue", "id", "HAL-" + (1200 + client.random().nextInt(700)));
            case "grafana" -> Call.mcp(server, "query_prometheus", "expr", "rate(http_requests_total{app=\"dispatch\"}[5m])");
            case "postgres-dev" -> Call.mcp(server, "query", "sql", "select depot, count(*) from parcel group by 1 order by 2 desc limit 20");
            case "figma" -> Call.mcp(server, "get_node", "file", "tracking-page", "node", "12:" + client.random().nextInt(900));
            case "playwright" -> Call.mcp(server, "browser_snapshot", "url", "http://localhost:5173/track/H-20391");
            default -> Call.mcp(server, "list_pull_requests", "repo", client.person().team().id() + "/" + client.person().team().repositories().getFirst());
        };
        client.call(call, Answer.unasked());
    }

    private static void change(Client client) {
        var random = client.random();
        var stack = client.person().team().stack();
        for (int i = random.nextInt(2); i >= 0; i--) {
            var edit = Call.edit(file(client), "// here", pick(AFTER, random));
            client.call(edit, edits(client));
        }
        var check = pick(stack.checks(), random);
        boolean works = random.nextInt(4) > 0;
        client.call(Call.bash(check, "Run the checks"), runs(client), works);
        if (!works) {
            client.call(Call.read(file(client)), Answer.unasked());
            client.call(Call.edit(file(client), "// there", pick(AFTER, random)), edits(client));
            client.call(Call.bash(check, "Run the checks again"), runs(client));
        }
        if (random.nextInt(3) == 0) {
            client.call(Call.bash("git add -A && git commit -q -m \"" + pick(List.of("Handle parcels without a postcode", "Fix rounding of fuel surcharge",
                    "Name the depot in the error", "Test the empty list", "Split the planner"), random) + "\"", "Commit"), runs(client));
            if (random.nextInt(2) == 0) {
                client.call(Call.bash("git push origin HEAD", "Push the branch"), runs(client));
            }
        }
    }

    private static Answer edits(Client client) {
        var random = client.random();
        if (!client.mode().equals("default")) {
            return Answer.unasked();
        }
        return random.nextInt(25) == 0 ? Answer.no(slowly(random)) : Answer.yes(slowly(random));
    }

    /// Most checks are allowed by the project's settings; what is not, is asked.
    private static Answer runs(Client client) {
        var random = client.random();
        if (client.mode().equals("auto") || random.nextInt(5) < 3) {
            return Answer.unasked();
        }
        return Answer.yes(slowly(random));
    }

    /// Somebody who reads before answering.
    private static long slowly(Random random) {
        return 2_400 + (long) (Math.abs(random.nextGaussian()) * 7_000);
    }

    private static String file(Client client) {
        return client.folder() + "/" + pick(client.person().team().stack().files(), client.random());
    }

    static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
