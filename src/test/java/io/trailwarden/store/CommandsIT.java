package io.trailwarden.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Value;
import io.trailwarden.store.Commands.Command;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsIT {

    private TestDatabase database;
    private TrailUnderTest store;
    private Commands commands;

    @BeforeEach
    void begin() {
        database = TestDatabase.fresh();
        store = new TrailUnderTest(database.dataSource());
        commands = new PostgresCommands(database.dataSource());
    }

    @AfterEach
    void end() throws InterruptedException {
        store.close();
        database.close();
    }

    @Test
    void thoseThatBeginSoComeFirstAndEachOnceWithItsNewestRecord() throws InterruptedException {
        store.take(command("git push", "ana", 1), command("GIT status", "bo", 2), command("git push", "cy", 3),
                command("cd /srv && git pull", "ana", 4), command("ls", "ana", 5));
        store.settle();

        assertThat(commands.with("git", 10)).extracting(Command::text).containsExactly("git push", "GIT status", "cd /srv && git pull");
        assertThat(commands.with("git", 1)).extracting(Command::person).containsExactly("cy");
        assertThat(commands.with("git", 1)).extracting(Command::session).containsExactly("s1");
    }

    @Test
    void whatIsTypedHasNoMeaningToTheDatabase() throws InterruptedException {
        store.take(command("echo 100%", "ana", 1), command("echo a_b \\ c", "ana", 2), command("echo axb", "ana", 3));
        store.settle();

        assertThat(commands.with("0%", 10)).extracting(Command::text).containsExactly("echo 100%");
        assertThat(commands.with("a_b", 10)).extracting(Command::text).containsExactly("echo a_b \\ c");
        assertThat(commands.with("\\", 10)).extracting(Command::text).containsExactly("echo a_b \\ c");
        assertThat(commands.with("\u0000", 10)).isEmpty();
    }

    @Test
    void onlyTheNewestRecordsAreLookedThrough() throws Exception {
        store.take(command("git push", "ana", 1));
        store.settle();
        moveHead(Commands.RECORDS - 1);
        assertThat(commands.with("git", 10)).hasSize(1);

        moveHead(1);

        assertThat(commands.with("git", 10)).isEmpty();
    }

    private void moveHead(int on) throws SQLException {
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.executeUpdate("update trail_head set position = position + " + on);
            statement.executeUpdate("update event_day set last_position = last_position + " + on);
        }
    }

    private static AuditEvent command(String text, String person, long seconds) {
        return Events.decision("Bash", "accept", seconds).of(person).derived("command.text", Value.of(text)).build();
    }
}
