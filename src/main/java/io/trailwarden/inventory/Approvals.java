package io.trailwarden.inventory;

import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.AccessLog.Deed;
import io.trailwarden.identity.AccessLog.What;
import io.trailwarden.rules.Approved;
import io.trailwarden.store.TrailUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What people said is wanted: MCP servers and hosts by name. Who, when and why are kept for good, also of what is taken
/// back, here and in the access log.
///
/// What is approved here stands in the lists that rules use, beside those of the policy files, about a second later. Names
/// are compared without regard to case. Throws [InventoryUnavailable] when the database does not answer.
@ApplicationScoped
public class Approvals implements Approved {

    private static final Logger LOG = Logger.getLogger(Approvals.class);

    /// Most approvals in force of one kind: rules hold them all.
    private static final int MOST = 5_000;
    private static final int LONGEST_REASON = 2_000;

    private static final String APPROVE = """
            insert into approval (kind, hash, name, approved_by, approved_at, reason)
            select ?, ?, ?, ?, ?, ?
             where (select count(*) from approval where kind = ? and withdrawn_at is null) < ?
            on conflict (kind, hash) where withdrawn_at is null do nothing
            returning name
            """;

    private static final String WITHDRAW = """
            update approval set withdrawn_by = ?, withdrawn_at = ?, withdrawal_reason = ?
             where kind = ? and hash = ? and withdrawn_at is null
            returning name
            """;

    private static final String HISTORY = """
            select name, approved_by, approved_at, reason, withdrawn_by, withdrawn_at, withdrawal_reason
              from approval
             where kind = ? and hash = ?
             order by approval_key desc
            """;

    private static final String IN_FORCE = "select kind, name from approval where withdrawn_at is null order by kind, name";

    private final Asking database;
    private final InstantSource clock;
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// Approvals in the database behind `dataSource`.
    @Inject
    public Approvals(DataSource dataSource, InstantSource clock) {
        this.database = new Asking(dataSource);
        this.clock = clock;
    }

    /// One time that something was approved.
    ///
    /// @param name as it was approved
    /// @param reason why, in their words
    /// @param withdrawn how it ended; null while it is in force
    public record Approval(String name, String by, Instant at, String reason, @Nullable Withdrawal withdrawn) {
    }

    /// The end of an approval.
    public record Withdrawal(String by, Instant at, String reason) {
    }

    /// What became of it.
    public enum Outcome {
        /// It was done, and is in the history.
        DONE,
        /// Nothing changed: somebody was quicker, or as many are approved as rules hold.
        UNCHANGED
    }

    /// `by` says that `name` is wanted.
    ///
    /// @throws IllegalArgumentException when the reason is blank or too long, or the name is empty or too long
    public Outcome approve(Kind kind, String name, String reason, String by) {
        if (name.isEmpty() || name.length() >= Names.LONGEST) {
            throw new IllegalArgumentException("a name to approve has 1 to " + (Names.LONGEST - 1) + " characters, got " + name.length());
        }
        var what = switch (kind) {
            case MCP_SERVER -> What.MCP_SERVER_APPROVED;
            case DESTINATION -> What.DESTINATION_APPROVED;
        };
        var now = now();
        var why = reason(reason);
        return change("approve a name", named -> new Deed(now.toInstant(), by, what, named, why), APPROVE, kind.wireName(), Names.folded(name),
                Names.storable(name), by, now, why, kind.wireName(), MOST);
    }

    /// `by` takes the approval back.
    ///
    /// @throws IllegalArgumentException when the reason is blank or too long
    public Outcome takeBack(Kind kind, String name, String reason, String by) {
        var what = switch (kind) {
            case MCP_SERVER -> What.MCP_SERVER_APPROVAL_WITHDRAWN;
            case DESTINATION -> What.DESTINATION_APPROVAL_WITHDRAWN;
        };
        var now = now();
        var why = reason(reason);
        return change("take back an approval", named -> new Deed(now.toInstant(), by, what, named, why), WITHDRAW, by, now, why, kind.wireName(),
                Names.folded(name));
    }

    /// All approvals that `name` ever had, newest first.
    public List<Approval> history(Kind kind, String name) {
        return database.ask("read approvals", connection -> Asking.rows(connection, HISTORY, row -> {
            var end = Asking.time(row, "withdrawn_at");
            var withdrawn = end == null ? null : new Withdrawal(row.getString("withdrawn_by"), end, row.getString("withdrawal_reason"));
            return new Approval(row.getString("name"), row.getString("approved_by"), Objects.requireNonNull(Asking.time(row, "approved_at")),
                    row.getString("reason"), withdrawn);
        }, kind.wireName(), Names.folded(name)));
    }

    /// Everything approved here and now, in order.
    public List<String> inForce(Kind kind) {
        return inForce().getOrDefault(kind, List.of());
    }

    private Map<Kind, List<String>> inForce() {
        return database.ask("read what is approved", connection -> {
            var names = new TreeMap<Kind, List<String>>();
            Asking.rows(connection, IN_FORCE, row ->
                    names.computeIfAbsent(Kind.of(row.getString("kind")), _ -> new ArrayList<>()).add(row.getString("name")));
            return names;
        });
    }

    @Override
    public Map<String, List<String>> names() {
        try {
            var names = new TreeMap<String, List<String>>();
            inForce().forEach((kind, approved) -> names.put(kind.list(), List.copyOf(approved)));
            return names;
        } catch (InventoryUnavailable unavailable) {
            throw new TrailUnavailable(String.valueOf(unavailable.getMessage()), unavailable);
        }
    }

    /// Calls `listener` after each change that this process makes, on the thread that makes it; must be quick.
    public Registration listen(Runnable listener) {
        Runnable registered = listener::run;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    /// Ends the listening.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// @param deed what the access log is to say, of the name as it was approved
    private Outcome change(String what, Function<String, Deed> deed, String sql, Object... parameters) {
        var changed = database.askWhole(what, connection -> {
            var names = Asking.rows(connection, sql, row -> row.getString("name"), parameters);
            for (var name : names) {
                AccessLog.write(connection, deed.apply(name));
            }
            return names;
        });
        if (changed.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        listeners.forEach(Approvals::tell);
        return Outcome.DONE;
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            LOG.warn("Approval listener failed", broken);
        }
    }

    private static String reason(String reason) {
        var words = reason.strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("a reason has 1 to " + LONGEST_REASON + " characters, got " + words.length());
        }
        return Names.storable(words);
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
