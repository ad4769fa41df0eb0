package io.trailwarden.reveal;

import static io.trailwarden.event.Events.NOON;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.identity.AccessLog.Line;
import io.trailwarden.identity.AccessLog.Query;
import io.trailwarden.identity.AccessLog.What;
import io.trailwarden.identity.DatabaseAccessLog;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Roles;
import io.trailwarden.reveal.Reveal.Asker;
import io.trailwarden.reveal.Reveal.Revealed;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevealIT {

    private static final String WORDS = "fire bob on monday";
    private static final String REASON = "TW-48213, was it told to send the file?";
    private static final AuditEvent PROMPT = event("user_prompt", 0).of("ana@example.com").with("prompt", WORDS).with("error", "other").build();
    private static final Asker AUDITOR = new Asker("audrey", Set.of(Roles.AUDITOR), "192.0.2.7");

    private final TestDatabase database = TestDatabase.fresh();
    private final DatabaseAccessLog log = new DatabaseAccessLog(database.dataSource(), () -> NOON);
    private final Reveal reveal = new Reveal(holding(PROMPT), log);

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void whoMayReadsTheWordsAndThatIsWrittenDown() {
        var revealed = reveal.reveal(PROMPT.id(), "prompt", AUDITOR, "  " + REASON + " ");

        assertThat(revealed).contains(new Revealed(WORDS, NOON));
        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line.who()).isEqualTo("audrey");
            assertThat(line.what()).isEqualTo(What.WORDS_REVEALED);
            assertThat(line.at()).isEqualTo(NOON);
            assertThat(line.address()).isEqualTo("192.0.2.7");
            assertThat(line.reason()).isEqualTo(REASON);
            assertThat(line.read()).isNotNull().satisfies(read -> {
                assertThat(read.person()).isEqualTo("ana@example.com");
                assertThat(read.event()).isEqualTo(PROMPT.id());
            });
            assertThat(line.toString()).doesNotContain("bob");
        });
        assertThat(revealed.toString()).doesNotContain("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.VIEWER, Roles.ENGINEER, Roles.ADMIN})
    void whoMayNotReadsNothing(String role) {
        assertThatThrownBy(() -> reveal.reveal(PROMPT.id(), "prompt", new Asker("vic", Set.of(role), ""), REASON))
                .isInstanceOf(SecurityException.class).hasMessageContaining("analyst or auditor");
        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "         \t ", "because", "        x"})
    void withoutAReasonNobodyDoes(String reason) {
        assertThatThrownBy(() -> reveal.reveal(PROMPT.id(), "prompt", AUDITOR, reason)).isInstanceOf(IllegalArgumentException.class);
        assertThat(lines()).isEmpty();
    }

    @Test
    void onlyWordsAreHandedOutThisWay() {
        assertThat(reveal.reveal(PROMPT.id(), "error", AUDITOR, REASON)).isEmpty();
        assertThat(reveal.reveal(event("user_prompt", 9).build().id(), "prompt", AUDITOR, REASON)).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void nothingIsHandedOutThatCouldNotBeWrittenDown() throws SQLException {
        sql("alter table access_log rename to access_log_elsewhere");

        assertThatThrownBy(() -> reveal.reveal(PROMPT.id(), "prompt", AUDITOR, REASON)).isInstanceOf(IdentityUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access_log set reason = 'none'", "delete from access_log", "truncate access_log"})
    void aLineCanBeNeitherChangedNorRemoved(String change) {
        reveal.reveal(PROMPT.id(), "prompt", AUDITOR, REASON);

        assertThatThrownBy(() -> sql(change)).isInstanceOf(SQLException.class).hasMessageContaining("append-only");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void linesAreFoundByWhatWhoWhoseAndWhenNewestFirst() {
        log.revealed("bo", "", "ana@example.com", PROMPT.id(), "prompt", REASON);
        log.revealed("cy", "", "dan@example.com", PROMPT.id(), "prompt", "with NUL \u0000 and half \ud800");
        log.revealed("bo", "", "dan@example.com", PROMPT.id(), "response", REASON);

        assertThat(find(List.of(What.WORDS_REVEALED), "bo", null, null)).extracting(Line::who).containsExactly("bo", "bo");
        assertThat(find(List.of(), null, "dan@example.com", null)).extracting(Line::who).containsExactly("bo", "cy");
        assertThat(find(List.of(What.SIGNED_IN), null, null, null)).isEmpty();
        assertThat(log.find(new Query(List.of(), null, null, NOON.plusSeconds(1), null, null, 10))).isEmpty();
        var newest = lines().getFirst();
        assertThat(find(List.of(), null, null, newest)).extracting(Line::id).containsExactly(newest.id() - 1, newest.id() - 2);
        assertThat(log.count(new Query(List.of(), null, "dan@example.com", NOON, NOON.plus(Duration.ofDays(1)), newest, 1))).isEqualTo(2);
        assertThat(log.names()).containsExactly("bo", "cy");
    }

    private List<Line> lines() {
        return find(List.of(), null, null, null);
    }

    private List<Line> find(List<What> what, @Nullable String who, @Nullable String whose, @Nullable Line after) {
        return log.find(new Query(what, who, whose, (Instant) null, null, after, 100));
    }

    private void sql(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// A trail of one record that can only be asked for records by id.
    private static Trail holding(AuditEvent event) {
        return (Trail) Proxy.newProxyInstance(RevealIT.class.getClassLoader(), new Class<?>[] {Trail.class}, (_, method, args) -> {
            if (method.getName().equals("event") && args[0] instanceof EventId id) {
                return id.equals(event.id()) ? Optional.of(new StoredEvent(1, event, null)) : Optional.empty();
            }
            throw new UnsupportedOperationException(method.toString());
        });
    }
}
