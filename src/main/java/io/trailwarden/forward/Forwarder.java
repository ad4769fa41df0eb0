package io.trailwarden.forward;

import java.util.List;

/// Hands items to one outside system.
///
/// Implementations translate and transmit, nothing else. Order, cursors, splitting, retrying, back-off, dead letters,
/// metrics and logging belong to [ForwardingLoop], so each implementation stays one file. An instance is used by one thread at a
/// time and may block, for a minute at most. It is opened again after a [Delivery.Misconfigured], so that a new token in a
/// file is found.
interface Forwarder extends AutoCloseable {

    /// `item` as the destination wants it, without what separates it from its neighbours. The same item always gives the
    /// same bytes. May give more than [Limits#itemBytes]: such an item is not sent but kept as a dead letter. Text in `item` is
    /// hostile: whatever it holds must arrive as text.
    byte[] encode(Item item);

    /// Sends `batch` in order and says what became of all of it together.
    ///
    /// Never throws for what the destination or the network did; that is a [Delivery]. An exception means a defect here.
    ///
    /// @param batch at least one message, within the [Limits] of the kind
    /// @param attempt how often this batch is tried, from 1; counts from 1 again after a restart
    Delivery send(List<Message> batch, int attempt);

    /// Called about twice a second while nothing waits, so that a destination without answers can send again what may have been
    /// lost after it looked accepted. Not for what may be refused.
    default Delivery idle() {
        return new Delivery.Accepted();
    }

    /// Lets go of connections. The cursor has what was accepted, and nothing else may be pending.
    @Override
    void close();
}
