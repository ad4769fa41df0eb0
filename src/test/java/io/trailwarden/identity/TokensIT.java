package io.trailwarden.identity;

import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = NOON;
    private final DatabaseTokens tokens = new DatabaseTokens(database.dataSource(), () -> now, registry);

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void anIssuedTokenIsGoodAtOnceAndItsSecretIsNotStored() throws SQLException {
        var issued = tokens.issue("fleet", Kind.INGEST, Set.of(Signal.LOG), null, "admin");

        assertThat(tokens.checkIngest(header(issued), Signal.LOG)).isEqualTo(new Check.Accepted("fleet", Set.of()));
        assertThat(rowsOf("token")).doesNotContain(issued.text().reveal().split("_")[2]).contains(issued.token().id());
        assertThat(rowsOf("access_log")).contains("admin", "token_issued", issued.token().id());
    }

    @Test
    void aTokenIssuedElsewhereIsGoodAfterTheNextRefresh() {
        var refreshes = new AtomicInteger();
        var elsewhere = new DatabaseTokens(database.dataSource(), () -> now, new SimpleMeterRegistry());
        var issued = elsewhere.issue("fleet", Kind.API, Set.of(), null, "admin");
        tokens.onUnknown(refreshes::incrementAndGet);
        assertThat(tokens.checkApi(header(issued))).isInstanceOf(Check.Unknown.class);

        tokens.refresh();

        assertThat(refreshes).hasValue(1);
        assertThat(tokens.checkApi(header(issued))).isInstanceOf(Check.Accepted.class);
    }

    @Test
    void aRevokedTokenIsWorthNothingAtOnce() throws SQLException {
        var issued = tokens.issue("fleet", Kind.API, Set.of(), null, "admin");

        assertThat(tokens.revoke(issued.token().id(), "eve")).isTrue();

        assertThat(tokens.checkApi(header(issued))).isInstanceOf(Check.Unknown.class);
        assertThat(tokens.revoke(issued.token().id(), "eve")).isFalse();
        assertThat(tokens.revoke("nosuchtoken0", "eve")).isFalse();
        assertThat(rowsOf("access_log")).contains("eve", "token_revoked");
    }

    @Test
    void whatWasKnownGoesOnWithoutTheDatabase() {
        var issued = tokens.issue("fleet", Kind.API, Set.of(), null, "admin");
        database.close();

        assertThatThrownBy(tokens::refresh).isInstanceOf(IdentityUnavailable.class).hasMessage("cannot read tokens");

        assertThat(tokens.checkApi(header(issued))).isInstanceOf(Check.Accepted.class);
    }

    @Test
    void lastUseIsWrittenDownAMinuteExact() {
        var issued = tokens.issue("fleet", Kind.API, Set.of(), null, "admin");
        useAndRefresh(issued);
        now = NOON.plusSeconds(59);
        useAndRefresh(issued);
        assertThat(tokens.list().getFirst().lastUsedAt()).isEqualTo(NOON);
        now = NOON.plusSeconds(61);

        useAndRefresh(issued);

        assertThat(tokens.list().getFirst().lastUsedAt()).isEqualTo(now);
    }

    @Test
    void theListIsNewestFirst() {
        tokens.issue("old", Kind.API, Set.of(), null, "admin");
        now = NOON.plusSeconds(1);
        var expires = NOON.plusSeconds(100);
        tokens.issue("new", Kind.INGEST, Set.of(Signal.LOG, Signal.SPAN), expires, "admin");

        var listed = tokens.list();

        assertThat(listed).extracting(Tokens.Token::name).containsExactly("new", "old");
        assertThat(listed.getFirst().signals()).containsExactlyInAnyOrder(Signal.LOG, Signal.SPAN);
        assertThat(listed.getFirst().expiresAt()).isEqualTo(expires);
    }

    @Test
    void aTokenThatMakesNoSenseIsNotIssued() {
        assertThatThrownBy(() -> tokens.issue(" ", Kind.API, Set.of(), null, "admin"))
                .hasMessageContaining("name of a token must have 1 to 100 printable characters");
        assertThatThrownBy(() -> tokens.issue("fleet", Kind.INGEST, Set.of(), null, "admin"))
                .hasMessageContaining("signals must be log, metric or span for ingest tokens");
        assertThatThrownBy(() -> tokens.issue("fleet", Kind.API, Set.of(), NOON, "admin"))
                .hasMessageContaining("expiry must be later than now, got 2026-11-02T12:00:00Z");
        assertThat(tokens.list()).isEmpty();
    }

    @Test
    void checksAreCountedByWhatTheyWereWorth() {
        var issued = tokens.issue("fleet", Kind.API, Set.of(), null, "admin");

        tokens.checkApi(header(issued));
        tokens.checkApi(null);
        tokens.checkIngest(header(issued), Signal.LOG);

        assertThat(counted("api", "accepted")).isEqualTo(1);
        assertThat(counted("api", "unknown")).isEqualTo(1);
        assertThat(counted("ingest", "not_allowed")).isEqualTo(1);
        assertThat(counted("ingest", "accepted")).isZero();
    }

    private double counted(String use, String outcome) {
        return registry.get("trailwarden.identity.token.checks").tag("use", use).tag("outcome", outcome).counter().count();
    }

    private void useAndRefresh(Tokens.Issued issued) {
        tokens.checkApi(header(issued));
        tokens.refresh();
    }

    private String rowsOf(String table) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select row_to_json(r)::text from " + table + " as r")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found.toString();
    }

    private static String header(Tokens.Issued issued) {
        return "Bearer " + issued.text().reveal();
    }
}
