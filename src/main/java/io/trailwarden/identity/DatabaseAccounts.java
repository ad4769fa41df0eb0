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
import java.util.regex.Pattern;
import javax.sql.DataSource;

/// Accounts kept in the database.
@ApplicationScoped
public class DatabaseAccounts implements Accounts {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    private final Transactions transactions;
    private final InstantSource clock;
    private final SignInMetrics metrics;
    private final Passwords passwords;
    private final SecureRandom random = new SecureRandom();
    private final SignInThrottle throttle = new SignInThrottle();

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
        var wait = throttle.wait(wanted, address, now());
        var outcome = wait.isPositive() ? new SignIn.TooManyAttempts(wait) : look(wanted, password, address);
        metrics.attempted(outcome);
        return outcome;
    }

    private SignIn look(String name, Secret password, String address) {
        var found = transactions.in("look up an account", connection -> new AccountTable(connection).find(name));
        // Outside of a transaction: the hash takes its time, and connections are few.
        var right = passwords.matches(password, found.map(Row::passwordHash).orElse(null));
        return right && found.isPresent() ? welcome(found.get().account(), address)
                : wrong(found.isPresent() ? name : AccessLog.UNKNOWN, name, address);
    }

    private SignIn welcome(Account account, String address) {
        throttle.succeeded(account.name(), address);
        return transactions.in("write down a sign-in", connection -> {
            new AccountTable(connection).signedIn(account.name(), now());
            AccessLogTable.write(connection, now(), account.name(), What.SIGNED_IN, address, "");
            return new SignIn.Welcome(account);
        });
    }

    /// Attempts that have to wait are not written down one by one: the log says from when, and guessing cannot fill it.
    private SignIn wrong(String who, String name, String address) {
        throttle.failed(name, address, now());
        var wait = throttle.wait(name, address, now());
        var detail = wait.isPositive() ? "next attempt after " + wait.toSeconds() + " s" : "";
        return transactions.in("write down a failed sign-in", connection -> {
            AccessLogTable.write(connection, now(), who, What.SIGN_IN_FAILED, address, detail);
            return new SignIn.Wrong();
        });
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
        return transactions.in("change a password", connection -> changePassword(connection, name, password, by));
    }

    /// As [#changePassword(String, Secret, String)], in the caller's transaction.
    boolean changePassword(Connection connection, String name, Secret password, String by) throws SQLException {
        var changed = new AccountTable(connection).changePassword(wanted(name), passwords.hash(password));
        if (changed) {
            AccessLogTable.write(connection, now(), by, What.PASSWORD_CHANGED, "", "account " + wanted(name));
        }
        return changed;
    }

    @Override
    public boolean changeRoles(String name, Set<String> roles, String by) {
        var wanted = checked(roles);
        return transactions.in("change the roles of an account", connection -> {
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
    }

    @Override
    public boolean remove(String name, String by) {
        return transactions.in("remove an account", connection -> {
            var table = new AccountTable(connection);
            table.lock();
            var removed = table.remove(wanted(name));
            if (removed) {
                keepAnAdministrator(table);
                AccessLogTable.write(connection, now(), by, What.ACCOUNT_REMOVED, "", "account " + wanted(name));
            }
            return removed;
        });
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
