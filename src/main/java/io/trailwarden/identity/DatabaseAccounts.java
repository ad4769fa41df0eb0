package io.trailwarden.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.trailwarden.identity.AccessLog.What;
import io.trailwarden.identity.AccountTable.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Accounts kept in the database.
@ApplicationScoped
public class DatabaseAccounts implements Accounts {

    private static final Logger LOG = Logger.getLogger(DatabaseAccounts.class);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    private final Transactions transactions;
    private final InstantSource clock;
    private final SignInMetrics metrics;
    private final Passwords passwords;
    private final SecureRandom random = new SecureRandom();
    private final SignInThrottle throttle = new SignInThrottle();
    private final CopyOnWriteArrayList<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /// Accounts of the database behind `dataSource`.
    @Inject
    public DatabaseAccounts(DataSource dataSource, InstantSource clock, MeterRegistry registry) {
        this(dataSource, clock, registry, Passwords.COST);
    }

    DatabaseAccounts(DataSource dataSource, InstantSource clock, MeterRegistry registry, int cost) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
        this.metrics = new SignInMetrics(registry);
        this.passwords = new Passwords(cost);
    }

    @Override
    public SignIn signIn(String name, Secret password, String address) {
        var wanted = wanted(name);
        var wait = throttle.attempt(wanted, address, now());
        var outcome = wait.isPositive() ? new SignIn.TooManyAttempts(wait) : look(wanted, password, address);
        metrics.attempted(outcome);
        return outcome;
    }

    private SignIn look(String name, Secret password, String address) {
        var found = transactions.in("look up an account", connection -> new AccountTable(connection).find(name));
        // Outside of a transaction: the hash takes its time, and connections are few.
        var right = passwords.matches(password, found.map(Row::passwordHash).orElse(null));
        var welcome = right ? found.flatMap(row -> welcome(row, address)) : Optional.<SignIn>empty();
        return welcome.orElseGet(() -> wrong(found.isPresent() ? name : AccessLog.UNKNOWN, name, address));
    }

    /// Empty when the password was changed while it was looked at: that ended all sessions, and none may begin with it.
    private Optional<SignIn> welcome(Row row, String address) {
        var account = row.account();
        return transactions.in("write down a sign-in", connection -> {
            if (!new AccountTable(connection).signedIn(account.name(), row.passwordHash(), now())) {
                return Optional.empty();
            }
            throttle.succeeded(account.name(), address);
            AccessLogTable.write(connection, now(), account.name(), What.SIGNED_IN, address, "");
            return Optional.of(new SignIn.Welcome(account, new SessionTable(connection).begin(account.name(), now())));
        });
    }

    /// Attempts that have to wait are not written down one by one: the log says from when, and guessing cannot fill it.
    private SignIn wrong(String who, String name, String address) {
        var wait = throttle.wait(name, address, now());
        var detail = wait.isPositive() ? "next attempt after " + wait.toSeconds() + " s" : "";
        return transactions.in("write down a failed sign-in", connection -> {
            AccessLogTable.write(connection, now(), who, What.SIGN_IN_FAILED, address, detail);
            return new SignIn.Wrong();
        });
    }

    @Override
    public Optional<Account> holder(UUID session) {
        return transactions.in("look up a session", connection -> new SessionTable(connection).holder(session, now()));
    }

    @Override
    public void signOut(SignedIn who, String address) {
        transactions.in("end a session", connection -> {
            var ended = new SessionTable(connection).end(who.session());
            if (ended.isPresent()) {
                AccessLogTable.write(connection, now(), who.name(), What.SIGNED_OUT, address, "");
            }
            return ended;
        });
        changed(who.name());
    }

    @Override
    public Optional<Account> find(String name) {
        return transactions.in("look up an account", connection -> new AccountTable(connection).find(wanted(name))).map(Row::account);
    }

    @Override
    public List<Account> list() {
        return transactions.in("list accounts", connection -> new AccountTable(connection).all());
    }

    @Override
    public Account create(String name, Secret password, Set<String> roles, String by) {
        return transactions.in("create an account", connection -> create(connection, name, password, roles, by));
    }

    /// As [#create(String, Secret, Set, String)], in the caller's transaction.
    Account create(Connection connection, String name, Secret password, Set<String> roles, String by) throws SQLException {
        var account = new Account(checked(name), checked(roles), now(), null);
        if (!new AccountTable(connection).insert(account, passwords.hash(password), by)) {
            throw new IllegalArgumentException("account '%s' exists already; choose another name".formatted(account.name()));
        }
        AccessLogTable.write(connection, now(), by, What.ACCOUNT_CREATED, "", "account " + account.name() + " " + account.roles());
        return account;
    }

    @Override
    public boolean changePassword(String name, Secret password, String by) {
        var changed = transactions.in("change a password", connection -> changePassword(connection, name, password, by));
        changed(wanted(name));
        return changed;
    }

    /// As [#changePassword(String, Secret, String)], in the caller's transaction.
    boolean changePassword(Connection connection, String name, Secret password, String by) throws SQLException {
        var changed = new AccountTable(connection).changePassword(wanted(name), passwords.hash(password));
        if (changed) {
            new SessionTable(connection).endAll(wanted(name), null);
            AccessLogTable.write(connection, now(), by, What.PASSWORD_CHANGED, "", "account " + wanted(name));
        }
        return changed;
    }

    @Override
    public PasswordChange changeOwnPassword(SignedIn who, Secret current, Secret next, String address) {
        Passwords.check(next);
        var wait = throttle.attempt(who.name(), address, now());
        if (wait.isPositive()) {
            return new PasswordChange.TooManyAttempts(wait);
        }
        var known = transactions.in("look up an account", connection -> new AccountTable(connection).find(who.name())).map(Row::passwordHash);
        if (!passwords.matches(current, known.orElse(null))) {
            return transactions.in("write down a wrong password", connection -> {
                AccessLogTable.write(connection, now(), who.name(), What.PASSWORD_REFUSED, address, "account " + who.name());
                return new PasswordChange.Wrong();
            });
        }
        throttle.succeeded(who.name(), address);
        if (current.reveal().equals(next.reveal())) {
            throw new IllegalArgumentException("new password must differ from the one before");
        }
        var hash = passwords.hash(next);
        transactions.in("change a password", connection -> {
            // The password first: a sign-in with the one before waits for it, or has begun its session by then.
            new AccountTable(connection).changePassword(who.name(), hash);
            new SessionTable(connection).endAll(who.name(), who.session());
            AccessLogTable.write(connection, now(), who.name(), What.PASSWORD_CHANGED, address, "account " + who.name());
            return true;
        });
        changed(who.name());
        return new PasswordChange.Done();
    }

    @Override
    public boolean changeRoles(String name, Set<String> roles, String by) {
        var wanted = checked(roles);
        var done = transactions.in("change the roles of an account", connection -> {
            var table = new AccountTable(connection);
            table.lock();
            var changed = table.changeRoles(wanted(name), wanted);
            if (changed) {
                keepAnAdministrator(table);
                AccessLogTable.write(connection, now(), by, What.ROLES_CHANGED, "",
                        "account " + wanted(name) + " " + wanted.stream().sorted().toList());
            }
            return changed;
        });
        changed(wanted(name));
        return done;
    }

    @Override
    public boolean remove(String name, String by) {
        var done = transactions.in("remove an account", connection -> {
            var table = new AccountTable(connection);
            table.lock();
            var removed = table.remove(wanted(name));
            if (removed) {
                keepAnAdministrator(table);
                AccessLogTable.write(connection, now(), by, What.ACCOUNT_REMOVED, "", "account " + wanted(name));
            }
            return removed;
        });
        changed(wanted(name));
        return done;
    }

    @Override
    public Registration listen(Consumer<String> listener) {
        Consumer<String> registered = listener::accept;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    private void changed(String name) {
        for (var listener : listeners) {
            try {
                listener.accept(name);
            } catch (RuntimeException broken) {
                LOG.warn("Account listener failed", broken);
            }
        }
    }

    @Override
    public Secret randomPassword() {
        return Passwords.random(random);
    }

    /// Thrown out of a transaction, it takes back what was done.
    private static void keepAnAdministrator(AccountTable table) throws SQLException {
        if (table.administrators() == 0) {
            throw new IllegalArgumentException("no administrator would be left; give another account the role admin first");
        }
    }

    private static String checked(String name) {
        var lower = wanted(name);
        if (!NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "account name must begin with a letter or digit and have at most 100 of a-z 0-9 . _ @ + -, got " + name.length() + " characters");
        }
        return lower;
    }

    private static Set<String> checked(Set<String> roles) {
        if (roles.isEmpty() || !Roles.ALL.containsAll(roles)) {
            throw new IllegalArgumentException("roles must be some of %s, got %s".formatted(Roles.ALL, roles));
        }
        return roles;
    }

    /// What was typed, as accounts are named; a name that is too long stays too long, and bounded.
    private static String wanted(String name) {
        return name.substring(0, Math.min(name.length(), 101)).strip().toLowerCase(Locale.ROOT).replace("\0", "\u2400");
    }

    /// What the database can keep of the time.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
