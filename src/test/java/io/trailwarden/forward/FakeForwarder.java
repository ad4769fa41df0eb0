package io.trailwarden.forward;

import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// A destination in memory that does what a test says.
final class FakeForwarder implements Forwarder {

    final List<UUID> accepted = new CopyOnWriteArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    final List<Integer> attempts = new ArrayList<>();
    final Set<Long> poison = new HashSet<>();
    final Set<Long> unwritable = new HashSet<>();
    /// Answers that come first, one for each send; then everything is taken that is not poison.
    final Queue<Delivery> answers = new ArrayDeque<>();
    boolean saysWhich;
    boolean refusesAll;
    Runnable afterAccepting = () -> { };
    Runnable whenClosed = () -> { };
    int opened;

    Kind kind(Limits limits) {
        return new Kind("fake", "A fake", "None", limits, List.of(), (_, _) -> {
            opened++;
            return this;
        });
    }

    @Override
    public byte[] encode(Item item) {
        if (unwritable.contains(item.position())) {
            throw new IllegalStateException("no words for this");
        }
        return item.id().toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Delivery send(List<Message> batch, int attempt) {
        batches.add(batch.size());
        attempts.add(attempt);
        var answer = answers.poll();
        if (answer != null) {
            return answer;
        }
        var bad = new ArrayList<Integer>();
        for (int i = 0; i < batch.size(); i++) {
            if (refusesAll || poison.contains(batch.get(i).item().position())) {
                bad.add(i);
            }
        }
        if (!bad.isEmpty()) {
            return saysWhich ? new Refused(bad, "not in my schema") : new Refused("not in my schema");
        }
        batch.forEach(message -> accepted.add(message.item().id()));
        afterAccepting.run();
        return new Accepted();
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
