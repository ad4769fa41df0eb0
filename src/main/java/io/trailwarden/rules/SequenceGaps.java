package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.rules.Document.What.SequenceGap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports numbers that are missing from `event.sequence` inside one run of a client.
///
/// The client numbers its records from 0 and sends no id of its process, so runs are told apart by their sessions: a
/// number that was seen before begins a new run of the session, and a session that begins exactly where a run of the same
/// installation ends goes on with it, which is what `/clear` does. Numbers missing at the very beginning of a run, or
/// between two sessions, cannot be told from another run, and are not reported.
final class SequenceGaps implements Stateful {

    private static final int USERS = 20_000;
    /// Runs that are kept for one installation, newest last; more than that many clients at once is not a person.
    private static final int RUNS = 16;
    /// Gaps that are waited for in one run.
    private static final int GAPS = 64;
    /// A jump further than this is a number that somebody made up, not a loss.
    private static final long FURTHEST = 100_000;

    private final Rule rule;
    private final SequenceGap wanted;
    private final Stalest<ArrayList<Run>> users;
    private final TreeSet<Due> due = new TreeSet<>();

    private record Due(Instant at, String user) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? user.compareTo(other.user) : byTime;
        }
    }

    /// Numbers that have not come.
    ///
    /// @param after the record before them
    /// @param shown the record that showed them missing
    /// @param until when they are given up
    private record Gap(long first, long last, Evidence after, Subject shown, Instant until) {
    }

    /// One run of a client, as far as it was seen.
    private static final class Run {
        private final Set<String> sessions = new LinkedHashSet<>();
        private long lowest;
        private long highest;
        private Evidence newest;
        private final ArrayList<Gap> gaps = new ArrayList<>();

        private Run(String session, long number, Evidence evidence) {
            sessions.add(session);
            lowest = number;
            highest = number;
            newest = evidence;
        }

        private @Nullable Gap gapOf(long number) {
            for (var gap : gaps) {
                if (gap.first() <= number && number <= gap.last()) {
                    return gap;
                }
            }
            return null;
        }
    }

    SequenceGaps(Rule rule, SequenceGap wanted, Stalest.Evictions evictions) {
        this.rule = rule;
        this.wanted = wanted;
        users = new Stalest<>(USERS, evictions);
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        var event = moment.row().event();
        var number = event.sequence();
        var session = event.session();
        if (event.signal() != Signal.LOG || number == null || number < 0 || session == null) {
            return;
        }
        var user = user(event);
        var runs = users.getOrMake(user, _ -> new ArrayList<>());
        take(runs, user, session, number, moment.row());
    }

    private static String user(AuditEvent event) {
        var id = event.seen().origin().common().text("user.id");
        return id == null ? event.person() : id;
    }

    private void take(ArrayList<Run> runs, String user, String session, long number, Row row) {
        var evidence = new Evidence(row.event().id(), row.time(), "carries number " + number);
        var run = runOf(runs, session, number);
        if (run == null) {
            run = new Run(session, number, evidence);
            runs.add(run);
            if (runs.size() > RUNS) {
                runs.removeFirst();
            }
        } else {
            extend(run, user, session, number, row, evidence);
        }
        joinEnds(runs, run);
    }

    /// The run that `number` of `session` belongs to, the newest first; null when it begins one.
    private static @Nullable Run runOf(List<Run> runs, String session, long number) {
        for (var run : runs.reversed()) {
            boolean ahead = number > run.highest && number - run.highest < FURTHEST;
            boolean late = run.gapOf(number) != null;
            boolean before = number == run.lowest - 1;
            if (run.sessions.contains(session) && (ahead && number > 0 || late || before)) {
                return run;
            }
        }
        for (var run : runs.reversed()) {
            if (number > 0 && number == run.highest + 1) {
                return run;
            }
        }
        return null;
    }

    private void extend(Run run, String user, String session, long number, Row row, Evidence evidence) {
        run.sessions.add(session);
        var gap = run.gapOf(number);
        if (gap != null) {
            fill(run, gap, number);
        } else if (number > run.highest) {
            if (number > run.highest + 1 && run.gaps.size() < GAPS) {
                var until = row.event().receivedAt().plus(wanted.grace());
                run.gaps.add(new Gap(run.highest + 1, number - 1, run.newest, rule.subject(row, ""), until));
                due.add(new Due(until, user));
            }
            run.highest = number;
            run.newest = evidence;
        } else {
            run.lowest = number;
        }
    }

    private static void fill(Run run, Gap gap, long number) {
        run.gaps.remove(gap);
        if (gap.first() < number) {
            run.gaps.add(new Gap(gap.first(), number - 1, gap.after(), gap.shown(), gap.until()));
        }
        if (number < gap.last()) {
            run.gaps.add(new Gap(number + 1, gap.last(), gap.after(), gap.shown(), gap.until()));
        }
    }

    /// After `/clear`, records of the new session may come before the last ones of the old.
    private static void joinEnds(ArrayList<Run> runs, Run run) {
        for (var next : List.copyOf(runs)) {
            if (next != run && next.lowest > 0 && next.lowest == run.highest + 1) {
                run.sessions.addAll(next.sessions);
                run.highest = next.highest;
                run.newest = next.newest;
                run.gaps.addAll(next.gaps);
                runs.remove(next);
            }
        }
    }

    @Override
    public void advance(Instant now, Consumer<Match> found) {
        while (!due.isEmpty() && due.first().at().isBefore(now)) {
            var user = due.removeFirst().user();
            var runs = users.entries().get(user);
            if (runs != null) {
                runs.forEach(run -> giveUp(run, now, found));
            }
        }
    }

    private void giveUp(Run run, Instant now, Consumer<Match> found) {
        for (var gap : List.copyOf(run.gaps)) {
            if (!gap.until().isBefore(now)) {
                continue;
            }
            run.gaps.remove(gap);
            long missing = gap.last() - gap.first() + 1;
            if (missing >= wanted.atLeast()) {
                found.accept(new Match(rule, gap.shown(), List.of(gap.after(), gap.shown().evidence()), Map.of("missing",
                        Long.toString(missing), "first", Long.toString(gap.first()), "last", Long.toString(gap.last())), false));
            }
        }
    }

    @Override
    public void save(StateWriter out) {
        users.save(out, (writer, runs) -> writer.list(runs, run -> {
            writer.list(run.sessions, writer::text).number(run.lowest).number(run.highest).evidence(run.newest);
            writer.list(run.gaps, gap -> {
                writer.number(gap.first()).number(gap.last()).evidence(gap.after());
                gap.shown().save(writer);
                writer.time(gap.until());
            });
        }));
    }

    @Override
    public void restore(StateReader in) {
        users.restore(in, () -> new ArrayList<>(in.list(() -> run(in))));
        due.clear();
        users.entries().forEach((user, runs) -> runs.forEach(run -> run.gaps.forEach(gap -> due.add(new Due(gap.until(), user)))));
    }

    private static Run run(StateReader in) {
        var sessions = in.list(in::text);
        long lowest = in.number();
        long highest = in.number();
        var run = new Run(sessions.getFirst(), lowest, in.evidence());
        run.sessions.addAll(sessions);
        run.highest = highest;
        run.gaps.addAll(in.list(() -> new Gap(in.number(), in.number(), in.evidence(), Subject.restore(in), in.time())));
        return run;
    }

    @Override
    public String shape() {
        return "sequence_gap";
    }
}
