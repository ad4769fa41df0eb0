package io.trailwarden.forward;

import java.time.Duration;
import java.time.Instant;

/// The one time of an item that a SIEM files it under.
///
/// A client's clock may say anything, and what is filed under the year 1 or 30000 is never found again. So a record's time counts
/// from 1970 up to a day after we got it; otherwise it is the time when we got it.
final class ItemTime {

    private static final Duration AHEAD = Duration.ofDays(1);

    private ItemTime() {
    }

    static Instant of(Item item) {
        var time = item.time();
        return time.isAfter(Instant.EPOCH) && time.isBefore(item.knownAt().plus(AHEAD)) ? time : item.knownAt();
    }
}
