package io.trailwarden.spool;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// The books of the door: what came in, and what was turned away and why, since this process started.
///
/// Counted in records; a request that could not be read counts as one, because how many it held cannot be known.
/// `received = rejected + duplicate + stored + waiting` holds at every moment when nothing is under way.
@ApplicationScoped
public class ReceiptBook {

    private final LongAdder received = new LongAdder();
    private final LongAdder[] rejected = Stream.generate(LongAdder::new).limit(Rejection.values().length).toArray(LongAdder[]::new);

    /// Why the door turned something away. The name in lower case is the reason in the books and in metrics.
    public enum Rejection {
        /// No token, an unknown, expired or revoked one.
        UNAUTHENTICATED,
        /// The token may not send this signal.
        FORBIDDEN,
        /// Larger than the limit, before or after inflation.
        TOO_LARGE,
        /// Not OTLP: undecodable protobuf, JSON or gzip.
        MALFORMED,
        /// A media type or content encoding that is not OTLP's.
        UNSUPPORTED,
        /// The spool could not take it in time; the sender was asked to come again.
        UNAVAILABLE
    }

    /// `records` came in.
    public void received(long records) {
        received.add(records);
    }

    /// `records` of those that came in were turned away.
    public void rejected(Rejection reason, long records) {
        rejected[reason.ordinal()].add(records);
    }

    /// Records that came in since start.
    public long received() {
        return received.sum();
    }

    /// Records turned away since start, every reason present.
    public Map<Rejection, Long> rejected() {
        var sums = new EnumMap<Rejection, Long>(Rejection.class);
        for (var reason : Rejection.values()) {
            sums.put(reason, rejected[reason.ordinal()].sum());
        }
        return sums;
    }
}
