package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What was acknowledged survives `kill -9`, and is there once.
class KilledProgramIT {

    @Test
    void killedDuringAReplayItLosesNothingItAcknowledged() throws Exception {
        try (var program = ProgramUnderTest.start()) {
            for (int round = 0; round < 3; round++) {
                var acknowledged = sendUntilKilled(program, "round-" + round, 150 + 130 * round);
                program.launch();
                program.awaitLoaded();

                var stored = program.list("/api/v1/events?session=round-" + round).stream().map(event -> event.path("sequence").asLong()).toList();
                assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged);
                assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(150);
            }
            assertThat(program.get("/api/v1/stats").path("duplicate").asLong()).isZero();
        }
    }

    /// Four senders go on until nobody answers any more; the program is killed after `enough` answers.
    private static List<Long> sendUntilKilled(ProgramUnderTest program, String session, int enough) throws InterruptedException {
        var acknowledged = new CopyOnWriteArrayList<Long>();
        var next = new AtomicLong();
        var dead = new AtomicBoolean();
        var senders = new Thread[4];
        for (int i = 0; i < senders.length; i++) {
            senders[i] = Thread.ofVirtual().start(() -> {
                while (!dead.get()) {
                    long sequence = next.getAndIncrement();
                    try {
                        var body = Requests.event("user@example.com", session, sequence, "user_prompt", Map.of("prompt_length", "5"));
                        if (program.send("logs", "application/json", body).statusCode() == 200) {
                            acknowledged.add(sequence);
                        }
                    } catch (IOException killed) {
                        dead.set(true);
                    }
                }
            });
        }
        program.await(() -> acknowledged.size() >= enough);
        program.kill();
        dead.set(true);
        for (var sender : senders) {
            sender.join();
        }
        return acknowledged;
    }
}
