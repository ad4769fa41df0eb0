package io.trailwarden.forward;

/// How much a destination takes at once.
///
/// @param items most messages of one batch
/// @param batchBytes most bytes of one batch, encoded, `overhead` included
/// @param itemBytes most bytes of one encoded message; a larger one becomes a dead letter
/// @param overhead bytes that the batch needs for each message beside the message itself: separators, frames
record Limits(int items, int batchBytes, int itemBytes, int overhead) {

    public Limits {
        if (items < 1 || overhead < 0 || itemBytes < 1 || batchBytes < itemBytes + overhead) {
            throw new IllegalArgumentException("a batch must take at least one message, got " + items + " messages, " + batchBytes
                    + " bytes, " + itemBytes + " bytes each");
        }
    }
}
