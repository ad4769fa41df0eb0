package io.trailwarden.inventory;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a batch adds to the sums of activity: each person's, and everyone's. For one thread.
///
/// Numbers of clients are bounded one by one, so that no sum can overflow and stop the counting.
final class ActivityTally {

    /// Stands for everyone together.
    static final int EVERYONE = 0;

    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final long MOST_MICROS = 1_000_000_000L;
    private static final long MOST_TOKENS = 1_000_000_000L;
    private static final long MOST_MILLIS = 7 * 86_400_000L;

    private static final String ADD = """
            insert into activity as a (person_key, hour, mode, people, %s)
            select person_key, to_timestamp(hour * 3600), mode, people, %s
              from unnest(?::integer[], ?::bigint[], ?::text[], ?::bigint[], %s) as u (person_key, hour, mode, people, %s)
            on conflict on constraint activity_pk
            do update set people = case when a.person_key = 0 then a.people + excluded.people else a.people end, %s
            returning (extract(epoch from hour) / 3600)::bigint as hour, mode, xmax = 0 as added
            """.formatted(Measure.columns(name -> name), Measure.columns(name -> name), Measure.columns(_ -> "?::bigint[]"),
            Measure.columns(name -> name), Measure.columns(name -> name + " = a." + name + " + excluded." + name));

    private static final String ADD_WAITS = """
            insert into activity_wait as w (person_key, day, bucket, waits)
            select person_key, date '1970-01-01' + day, bucket, waits
              from unnest(?::integer[], ?::integer[], ?::integer[], ?::bigint[]) as u (person_key, day, bucket, waits)
            on conflict on constraint activity_wait_pk do update set waits = w.waits + excluded.waits
            """;

    private static final Comparator<Slot> BY_SLOT = Comparator.comparingInt(Slot::person).thenComparingLong(Slot::hour).thenComparing(Slot::mode);
    private static final Comparator<WaitSlot> BY_WAIT_SLOT =
            Comparator.comparingInt(WaitSlot::person).thenComparingInt(WaitSlot::day).thenComparingInt(WaitSlot::bucket);

    private final Map<Slot, long[]> sums = new TreeMap<>(BY_SLOT);
    private final Map<WaitSlot, Long> waits = new TreeMap<>(BY_WAIT_SLOT);

    /// @param hour since 1970
    private record Slot(int person, long hour, String mode) {
    }

    /// @param day since 1970
    private record WaitSlot(int person, int day, int bucket) {
    }

    void add(StoredEvent stored, Instant seenAt, int person) {
        long hour = Math.floorDiv(seenAt.getEpochSecond(), HOUR);
        var mode = mode(stored.mode());
        var own = sums.computeIfAbsent(new Slot(person, hour, mode), _ -> new long[Measure.values().length]);
        var before = own.clone();
        count(stored.event(), own, Math.toIntExact(Math.floorDiv(seenAt.getEpochSecond(), DAY)), person);
        var all = sums.computeIfAbsent(new Slot(EVERYONE, hour, mode), _ -> new long[Measure.values().length]);
        for (int i = 0; i < all.length; i++) {
            all[i] += own[i] - before[i];
        }
    }

    /// The mode as it is kept: one of few, whatever clients make up.
    static String mode(@Nullable String mode) {
        return switch (mode) {
            case null -> "";
            case "plan", "default", "acceptEdits", "auto", "dontAsk", "bypassPermissions" -> mode;
            default -> "other";
        };
    }

    private void count(AuditEvent event, long[] sum, int day, int person) {
        add(sum, Measure.RECORDS, 1);
        if (event.signal() == Signal.SPAN) {
            if (event.name().equals("claude_code.tool.blocked_on_user") && event.seen().derived().get("decision.human") instanceof Value.Bool(var human)
                    && human) {
                countWait(event, sum, day, person);
            }
        } else if (event.signal() == Signal.LOG) {
            switch (event.name()) {
                case "user_prompt" -> add(sum, Measure.PROMPTS, 1);
                case "tool_decision" -> countDecision(event, sum);
                case "tool_result" -> countResult(event, sum);
                case "api_request" -> countRequest(event.seen().attributes(), sum);
                default -> {
                    // A record like others.
                }
            }
        }
    }

    private void countWait(AuditEvent event, long[] sum, int day, int person) {
        var wait = event.seen().derived().number("decision.wait_ms");
        if (wait == null || wait < 0) {
            return;
        }
        long millis = Math.min(wait, MOST_MILLIS);
        add(sum, Measure.WAITS, 1);
        add(sum, Measure.WAIT_MILLIS, millis);
        waits.merge(new WaitSlot(person, day, WaitBuckets.of(millis)), 1L, Long::sum);
        waits.merge(new WaitSlot(EVERYONE, day, WaitBuckets.of(millis)), 1L, Long::sum);
    }

    private static void countDecision(AuditEvent event, long[] sum) {
        var decision = event.decision();
        boolean accepted = "accept".equals(decision);
        if (!accepted && !"reject".equals(decision)) {
            return;
        }
        if (event.seen().derived().get("decision.human") instanceof Value.Bool(var human) && human) {
            add(sum, accepted ? Measure.ASKED_ACCEPTED : Measure.ASKED_REFUSED, 1);
        } else if ("hook".equals(event.decidedBy())) {
            add(sum, accepted ? Measure.HOOK_ACCEPTED : Measure.HOOK_REFUSED, 1);
        } else {
            add(sum, accepted ? Measure.CONFIG_ACCEPTED : Measure.CONFIG_REFUSED, 1);
        }
    }

    private static void countResult(AuditEvent event, long[] sum) {
        switch (event.text("outcome")) {
            case "done" -> add(sum, Measure.DONE, 1);
            case "failed" -> add(sum, Measure.FAILED, 1);
            case null, default -> {
                // It does not say.
            }
        }
    }

    private static void countRequest(Attributes attributes, long[] sum) {
        add(sum, Measure.REQUESTS, 1);
        add(sum, Measure.COST_MICROS, costMicros(attributes));
        add(sum, Measure.TOKENS_IN, tokens(attributes, "input_tokens") + tokens(attributes, "cache_creation_tokens"));
        add(sum, Measure.TOKENS_OUT, tokens(attributes, "output_tokens"));
        add(sum, Measure.TOKENS_CACHED, tokens(attributes, "cache_read_tokens"));
    }

    private static long costMicros(Attributes attributes) {
        var micros = attributes.number("cost_usd_micros");
        if (micros != null) {
            return Math.clamp(micros, 0, MOST_MICROS);
        }
        var cost = attributes.get("cost_usd");
        var dollars = cost == null ? null : cost.asDouble();
        return dollars == null || dollars.isNaN() ? 0 : Math.round(Math.clamp(dollars * 1e6, 0.0, MOST_MICROS));
    }

    private static long tokens(Attributes attributes, String key) {
        var tokens = attributes.number(key);
        return tokens == null ? 0 : Math.clamp(tokens, 0, MOST_TOKENS);
    }

    private static void add(long[] sum, Measure measure, long number) {
        sum[measure.ordinal()] += number;
    }

    /// Adds everything in the transaction of `connection`: people first, to learn how many are new to their hour.
    void write(Connection connection) throws SQLException {
        var people = new Bulk(types());
        sums.forEach((slot, sum) -> {
            if (slot.person() != EVERYONE) {
                people.add(row(slot, 1, sum));
            }
        });
        var added = new TreeMap<Slot, Long>(BY_SLOT);
        try (var insert = connection.prepareStatement(ADD); var found = people.bind(insert).executeQuery()) {
            while (found.next()) {
                added.merge(new Slot(EVERYONE, found.getLong("hour"), found.getString("mode")), found.getBoolean("added") ? 1L : 0L, Long::sum);
            }
        }
        var everyone = new Bulk(types());
        sums.forEach((slot, sum) -> {
            if (slot.person() == EVERYONE) {
                everyone.add(row(slot, added.getOrDefault(slot, 0L), sum));
            }
        });
        try (var insert = connection.prepareStatement(ADD); var found = everyone.bind(insert).executeQuery()) {
            found.next();
        }
        writeWaits(connection);
    }

    private void writeWaits(Connection connection) throws SQLException {
        if (waits.isEmpty()) {
            return;
        }
        var rows = new Bulk("integer", "integer", "integer", "bigint");
        waits.forEach((slot, count) -> rows.add(slot.person(), slot.day(), slot.bucket(), count));
        try (var insert = connection.prepareStatement(ADD_WAITS)) {
            rows.bind(insert).executeUpdate();
        }
    }

    private static String[] types() {
        var types = new String[4 + Measure.values().length];
        java.util.Arrays.fill(types, "bigint");
        types[0] = "integer";
        types[2] = "text";
        return types;
    }

    private static Object[] row(Slot slot, long people, long[] sum) {
        var row = new Object[4 + sum.length];
        row[0] = slot.person();
        row[1] = slot.hour();
        row[2] = slot.mode();
        row[3] = people;
        for (int i = 0; i < sum.length; i++) {
            row[4 + i] = sum[i];
        }
        return row;
    }
}
