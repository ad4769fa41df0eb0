package io.trailwarden.identity;

import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.Accounts.PasswordChange;
import io.trailwarden.identity.Accounts.SignIn;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsIT {

    private static final String HERE = "192.0.2.1";
    private static final Secret PASSWORD = new Secret("correct horse battery");

    private final TestDatabase database = TestDatabase.fresh();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = NOON;
    // The cheapest hash there is: these tests are about who may come in, not about how long guessing takes.
    private final DatabaseAccounts accounts = new DatabaseAccounts(database.dataSource(), () -> now, registry, 4);
    private final DatabaseTokens tokens = new DatabaseTokens(database.dataSource(), () -> now, registry);

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void theRightPasswordOpensWithTheRolesOfTheAccount() throws SQLException {
        accounts.create("Ana@example.com", PASSWORD, Set.of(Roles.ANALYST, Roles.VIEWER), "admin");

        var signIn = accounts.signIn(" ana@EXAMPLE.com", PASSWORD, HERE);

        assertThat(signIn).isInstanceOfSatisfying(SignIn.Welcome.class,
                welcome -> assertThat(welcome.account().roles()).containsExactlyInAnyOrder(Roles.ANALYST, Roles.VIEWER));
        assertThat(accounts.find("ana@example.com").orElseThrow().lastSignedIn()).isEqualTo(NOON);
        assertThat(log()).containsExactly("admin account_created ", "ana@example.com signed_in 192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct horse batter", "correct horse battery ", "Correct horse battery"})
    void anyOtherPasswordDoesNot(String other) {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");

        assertThat(accounts.signIn("ana", new Secret(other), HERE)).isEqualTo(new SignIn.Wrong());
    }

    @Test
    void whatIsTypedAsAnUnknownNameIsNotWrittenDown() throws SQLException {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");

        assertThat(accounts.signIn("my secret \u0000 passphrase", PASSWORD, HERE)).isEqualTo(new SignIn.Wrong());
        accounts.signIn("ana", new Secret("wrong"), HERE);

        assertThat(log()).containsExactly("admin account_created ", "(unknown) sign_in_failed 192.0.2.1", "ana sign_in_failed 192.0.2.1");
    }

    @Test
    void guessingIsHeldUpEvenWhenTheNextGuessIsRight() throws SQLException {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");
        for (int i = 0; i < 6; i++) {
            accounts.signIn("ana", new Secret("wrong"), HERE);
        }

        var held = accounts.signIn("ana", PASSWORD, HERE);
        now = NOON.plusSeconds(2);
        var later = accounts.signIn("ana", PASSWORD, HERE);

        assertThat(held).isInstanceOf(SignIn.TooManyAttempts.class);
        assertThat(later).isInstanceOf(SignIn.Welcome.class);
        assertThat(log()).hasSize(8);
        assertThat(registry.get("trailwarden.identity.sign.ins").tag("outcome", "too_many_attempts").counter().count()).isEqualTo(1);
    }

    @Test
    void passwordsAreStoredAsHashesOnly() throws SQLException {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");

        assertThat(rows("select row_to_json(a)::text from account as a")).singleElement().asString()
                .contains("$2").doesNotContain(PASSWORD.reveal());
    }

    @Test
    void aChangedPasswordReplacesTheOld() {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");
        var other = new Secret("another long password");

        assertThat(accounts.changePassword("ana", other, "admin")).isTrue();

        assertThat(accounts.signIn("ana", PASSWORD, HERE)).isInstanceOf(SignIn.Wrong.class);
        assertThat(accounts.signIn("ana", other, HERE)).isInstanceOf(SignIn.Welcome.class);
        assertThat(accounts.changePassword("nobody", other, "admin")).isFalse();
    }

    @Test
    void whatMakesNoAccountIsSaid() {
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "admin");

        assertThatThrownBy(() -> accounts.create("ANA", PASSWORD, Set.of(Roles.VIEWER), "admin"))
                .hasMessage("account 'ana' exists already; choose another name");
        assertThatThrownBy(() -> accounts.create("a b", PASSWORD, Set.of(Roles.VIEWER), "admin")).hasMessageContaining("account name must begin");
        assertThatThrownBy(() -> accounts.create("bo", PASSWORD, Set.of("root"), "admin")).hasMessageContaining("roles must be some of");
        assertThatThrownBy(() -> accounts.create("bo", new Secret("short"), Set.of(Roles.VIEWER), "admin"))
                .hasMessage("password must have at least 12 characters and at most 72 bytes, got 5 bytes");
        assertThatThrownBy(() -> accounts.create("bo", new Secret("ä".repeat(37)), Set.of(Roles.VIEWER), "admin"))
                .hasMessageContaining("got 74 bytes");
        assertThat(accounts.list()).extracting(Accounts.Account::name).containsExactly("ana");
    }

    @Test
    void theFirstRunMakesAnAdministratorAndTwoTokens() {
        var made = firstRun(false);

        assertThat(accounts.signIn(made.user(), made.password(), HERE)).isInstanceOfSatisfying(SignIn.Welcome.class,
                welcome -> assertThat(welcome.account().roles()).contains(Roles.ADMIN));
        for (var signal : Signal.values()) {
            assertThat(tokens.checkIngest("Bearer " + made.ingestToken().reveal(), signal)).isInstanceOf(Check.Accepted.class);
        }
        assertThat(tokens.checkApi("Bearer " + made.apiToken().reveal())).isInstanceOf(Check.Accepted.class);
        assertThat(new FirstRun(tokens, accounts).prepare(true)).isEmpty();
    }

    @Test
    void aFileThatWasNeverWrittenIsMadeUpFor() {
        var lost = firstRun(false);

        var made = firstRun(false);

        assertThat(accounts.signIn(made.user(), made.password(), HERE)).isInstanceOf(SignIn.Welcome.class);
        assertThat(accounts.signIn(lost.user(), lost.password(), HERE)).isInstanceOf(SignIn.Wrong.class);
        assertThat(tokens.checkApi("Bearer " + lost.apiToken().reveal())).isInstanceOf(Check.Unknown.class);
        assertThat(tokens.checkApi("Bearer " + made.apiToken().reveal())).isInstanceOf(Check.Accepted.class);
    }

    @Test
    void aFileThatSomebodyReadAndDeletedIsNotMadeAgain() {
        var made = firstRun(false);
        tokens.checkIngest("Bearer " + made.ingestToken().reveal(), Signal.LOG);
        tokens.refresh();

        assertThat(new FirstRun(tokens, accounts).prepare(false)).isEmpty();

        assertThat(tokens.checkIngest("Bearer " + made.ingestToken().reveal(), Signal.LOG)).isInstanceOf(Check.Accepted.class);
    }

    @Test
    void noFirstRunHappensAfterSomebodySignedIn() {
        var made = firstRun(false);
        accounts.signIn(made.user(), made.password(), HERE);

        assertThat(new FirstRun(tokens, accounts).prepare(false)).isEmpty();
    }

    @Test
    void anAccountOfTheirOwnIsEnoughToLeaveItAlone() {
        accounts.create("ana", PASSWORD, Set.of(Roles.ADMIN), "ops");
        tokens.issue("fleet", Kind.API, Set.of(), null, "ops");

        assertThat(new FirstRun(tokens, accounts).prepare(false)).isEmpty();
    }

    private FirstRun.Credentials firstRun(boolean written) {
        return new FirstRun(tokens, accounts).prepare(written).orElseThrow();
    }

    private List<String> log() throws SQLException {
        return rows("select who || ' ' || what || ' ' || address from access_log order by id");
    }

    private List<String> rows(String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Test
    void rolesAreChangedAndSaidInTheLog() throws SQLException {
        accounts.create("mara", PASSWORD, Set.of(Roles.ADMIN), "admin");
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "mara");

        assertThat(accounts.changeRoles("ANA", Set.of(Roles.ANALYST, Roles.AUDITOR), "mara")).isTrue();

        assertThat(accounts.find("ana").orElseThrow().roles()).containsExactlyInAnyOrder(Roles.ANALYST, Roles.AUDITOR);
        assertThat(log()).last().isEqualTo("mara roles_changed ");
        assertThat(accounts.changeRoles("nobody", Set.of(Roles.VIEWER), "mara")).isFalse();
    }

    @Test
    void aRemovedAccountIsLetInNoMore() throws SQLException {
        accounts.create("mara", PASSWORD, Set.of(Roles.ADMIN), "admin");
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "mara");

        assertThat(accounts.remove("ana", "mara")).isTrue();

        assertThat(accounts.signIn("ana", PASSWORD, HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(accounts.remove("ana", "mara")).isFalse();
        assertThat(log()).contains("mara account_removed ");
    }

    @Test
    void theLastAdministratorStays() {
        accounts.create("mara", PASSWORD, Set.of(Roles.ADMIN), "admin");
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "mara");

        assertThatThrownBy(() -> accounts.remove("mara", "mara")).hasMessageContaining("no administrator would be left");
        assertThatThrownBy(() -> accounts.changeRoles("mara", Set.of(Roles.VIEWER), "mara"))
                .hasMessageContaining("no administrator would be left");

        assertThat(accounts.find("mara").orElseThrow().roles()).containsExactly(Roles.ADMIN);
    }

    @Test
    void aSessionIsOfItsAccountUntilItIsSignedOut() throws SQLException {
        var session = signedIn("ana", PASSWORD);
        var other = signIn("ana", PASSWORD);

        accounts.signOut(session, HERE);
        accounts.signOut(session, HERE);

        assertThat(accounts.holder(session.session())).isEmpty();
        assertThat(accounts.holder(other.session())).hasValueSatisfying(account -> assertThat(account.name()).isEqualTo("ana"));
        assertThat(log()).filteredOn(line -> line.contains("signed_out")).containsExactly("ana signed_out 192.0.2.1");
    }

    @Test
    void aPasswordThatAnAdministratorChangesEndsAllSessionsOfTheAccount() {
        var session = signedIn("ana", PASSWORD);
        var another = signedIn("bo", PASSWORD);
        var heard = new ArrayList<String>();
        accounts.listen(heard::add);

        accounts.changePassword("ANA", new Secret("another long password"), "admin");

        assertThat(accounts.holder(session.session())).isEmpty();
        assertThat(accounts.holder(another.session())).isPresent();
        assertThat(heard).containsExactly("ana");
    }

    @Test
    void aRemovedAccountHasNoSessionEvenWhenItIsMadeAgain() {
        accounts.create("mara", PASSWORD, Set.of(Roles.ADMIN), "test");
        var session = signedIn("ana", PASSWORD);

        accounts.remove("ana", "mara");
        accounts.create("ana", PASSWORD, Set.of(Roles.VIEWER), "mara");

        assertThat(accounts.holder(session.session())).isEmpty();
    }

    @Test
    void rolesOfASessionAreThoseOfNow() {
        accounts.create("mara", PASSWORD, Set.of(Roles.ADMIN), "test");
        var session = signedIn("ana", PASSWORD);

        accounts.changeRoles("ana", Set.of(Roles.AUDITOR), "mara");

        assertThat(accounts.holder(session.session()).orElseThrow().roles()).containsExactly(Roles.AUDITOR);
    }

    @Test
    void aSessionEndsAfterTwelveHours() throws SQLException {
        var session = signedIn("ana", PASSWORD);

        now = NOON.plusSeconds(12 * 3600 - 1);
        assertThat(accounts.holder(session.session())).isPresent();
        now = NOON.plusSeconds(12 * 3600);
        assertThat(accounts.holder(session.session())).isEmpty();

        signIn("ana", PASSWORD);
        assertThat(rows("select account from console_session")).as("what ended is forgotten").containsExactly("ana");
    }

    @Test
    void somebodyChangesTheirOwnPasswordAndStaysSignedInThereOnly() throws SQLException {
        var session = signedIn("ana", PASSWORD);
        var elsewhere = signIn("ana", PASSWORD);
        var next = new Secret("another long password");

        assertThat(accounts.changeOwnPassword(session, PASSWORD, next, HERE)).isEqualTo(new PasswordChange.Done());

        assertThat(accounts.holder(session.session())).isPresent();
        assertThat(accounts.holder(elsewhere.session())).isEmpty();
        assertThat(accounts.signIn("ana", PASSWORD, HERE)).isEqualTo(new SignIn.Wrong());
        assertThat(accounts.signIn("ana", next, HERE)).isInstanceOf(SignIn.Welcome.class);
        assertThat(log()).contains("ana password_changed 192.0.2.1");
    }

    @Test
    void anOpenConsoleIsNotEnoughToChangeAPassword() throws SQLException {
        var session = signedIn("ana", PASSWORD);
        var next = new Secret("another long password");

        for (int i = 0; i < 6; i++) {
            assertThat(accounts.changeOwnPassword(session, new Secret("a wrong password"), next, HERE)).isEqualTo(new PasswordChange.Wrong());
        }

        assertThat(accounts.changeOwnPassword(session, PASSWORD, next, HERE)).isInstanceOf(PasswordChange.TooManyAttempts.class);
        assertThat(log()).filteredOn(line -> line.equals("ana password_refused 192.0.2.1")).hasSize(6);
        assertThat(accounts.signIn("ana", next, "192.0.2.2")).isEqualTo(new SignIn.Wrong());
        assertThat(accounts.holder(session.session())).isPresent();
    }

    @Test
    void aPasswordThatIsNoneOrTheSameIsNotTaken() throws SQLException {
        var session = signedIn("ana", PASSWORD);

        assertThatThrownBy(() -> accounts.changeOwnPassword(session, PASSWORD, new Secret("short"), HERE)).hasMessageContaining("at least 12 characters");
        assertThatThrownBy(() -> accounts.changeOwnPassword(session, PASSWORD, PASSWORD, HERE)).hasMessageContaining("must differ");

        assertThat(log()).noneMatch(line -> line.contains("password_"));
    }

    /// The hash is looked at outside of a transaction, and takes a while.
    @Test
    void noSessionBeginsWithAPasswordThatWasChangedWhileItWasLookedAt() throws SQLException {
        signedIn("ana", PASSWORD);
        try (var connection = database.dataSource().getConnection()) {
            assertThat(new AccountTable(connection).signedIn("ana", "hash of before", NOON)).isFalse();
            assertThat(new AccountTable(connection).find("ana").map(row -> row.passwordHash()))
                    .hasValueSatisfying(hash -> assertThat(hash).startsWith("$2"));
        }
    }

    private SignedIn signedIn(String name, Secret password) {
        accounts.create(name, password, Set.of(Roles.VIEWER), "test");
        return signIn(name, password);
    }

    private SignedIn signIn(String name, Secret password) {
        return accounts.signIn(name, password, HERE) instanceof SignIn.Welcome(var account, var session) ? new SignedIn(account.name(), session)
                : org.assertj.core.api.Assertions.fail(name + " is not let in");
    }
}
