package io.trailwarden.forward;

import java.util.ArrayList;
import java.util.List;

/// Cuts what waits into what a destination takes at once.
final class Batches {

    private Batches() {
    }

    /// The longest beginning of `waiting` within `limits`; at least one message, which must fit by itself.
    static List<Message> next(List<Message> waiting, Limits limits) {
        var batch = new ArrayList<Message>();
        long bytes = 0;
        for (var message : waiting) {
            bytes += message.size() + (long) limits.overhead();
            if (!batch.isEmpty() && (bytes > limits.batchBytes() || batch.size() == limits.items())) {
                break;
            }
            batch.add(message);
        }
        return batch;
    }
}
