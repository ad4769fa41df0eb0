package io.trailwarden.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// What the company does from a moment on: some people at work, as it happens, and now and then something to look at.
///
/// For one thread.
public final class Trickle {

    private static final int AT_WORK = 6;
    private static final Duration BETWEEN_ODDITIES = Duration.ofMinutes(3);

    private final Company company;
    private final Random random;
    private final PriorityQueue<Telemetry> coming = new PriorityQueue<>(Comparator.comparing(Telemetry::at));
    private final List<Instant> ends = new ArrayList<>();
    private Instant nextOddity;
    private int oddities;

    /// @param seed that of the fleet, so that it is the same company
    public Trickle(Instant now, long seed) {
        company = new Company(seed);
        random = new Random(now.toEpochMilli());
        nextOddity = now.plusSeconds(20);
    }

    /// What happened up to `now` and was not given before, oldest first.
    List<Telemetry> due(Instant now) {
        ends.removeIf(end -> end.isBefore(now));
        while (ends.size() < AT_WORK) {
            begin(now.plusMillis(random.nextInt(3_000)));
        }
        if (nextOddity.isBefore(now)) {
            nextOddity = now.plus(BETWEEN_ODDITIES);
            oddity(now);
        }
        var due = new ArrayList<Telemetry>();
        while (!coming.isEmpty() && !coming.peek().at().isAfter(now)) {
            due.add(coming.remove());
        }
        return due;
    }

    private void begin(Instant at) {
        var session = new ArrayList<Telemetry>();
        Work.session(Work.pick(company.people(), random), at, null, random, session::add);
        coming.addAll(session);
        ends.add(session.getLast().at());
    }

    private void oddity(Instant now) {
        var person = Work.pick(company.people(), random);
        var client = new Client(person, person.team().repositories().getFirst(), "default", now, random, coming::add).start();
        var call = switch (oddities++ % 4) {
            case 0 -> Call.fetch("https://docs.customs-api.example/v" + random.nextInt(9), "How are customs codes looked up?");
            case 1 -> Call.bash("cat .env | grep MAP_", "See which map key is configured");
            case 2 -> Call.bash("curl -s https://status.tilekit.example/api/" + random.nextInt(99), "Ask whether the tile service is up");
            default -> Call.bash("git push --force origin feature/" + random.nextInt(99), "Push the rebased branch");
        };
        client.prompt("have a look at this first").call(call, Answer.yes(2_500 + random.nextInt(4_000))).answers();
    }
}
