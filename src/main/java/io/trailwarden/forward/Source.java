package io.trailwarden.forward;

import io.trailwarden.alert.AlertFeed;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One ordered log that destinations follow, seen through what one of them is configured to get.
sealed interface Source {

    /// As tables and pages call it.
    String name();

    /// The last position given out.
    long head();

    /// What comes after `position`, in order.
    ///
    /// @param patience how long to wait for the first
    List<Read> after(long position, int max, Duration patience) throws InterruptedException;

    /// One item again, whatever the filters say; empty when it was removed.
    Optional<Item> again(long position, UUID item);

    /// One place of the log.
    ///
    /// @param knownAt our clock
    /// @param item null when the destination is not configured to get it
    record Read(long position, Instant knownAt, @Nullable Item item) {
    }

    /// What happens to alerts.
    record OfAlerts(AlertFeed feed, Selection selection) implements Source {

        static final String NAME = "alerts";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public long head() {
            return feed.head();
        }

        @Override
        public List<Read> after(long position, int max, Duration patience) {
            return feed.after(position, max).stream()
                    .map(change -> new Read(change.position(), change.at(), selection.takes(change) ? ItemMaker.item(change) : null)).toList();
        }

        @Override
        public Optional<Item> again(long position, UUID item) {
            return feed.after(position - 1, 1).stream().filter(change -> change.position() == position).<Item>map(ItemMaker::item).findFirst();
        }
    }

    /// Records of the trail.
    record OfEvents(Trail trail, Selection selection) implements Source {

        static final String NAME = "events";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public long head() {
            return trail.head();
        }

        @Override
        public List<Read> after(long position, int max, Duration patience) throws InterruptedException {
            return trail.follow(position, max, patience).stream()
                    .map(stored -> new Read(stored.position(), stored.event().receivedAt(), selection.takes(stored.event()) ? item(stored) : null)).toList();
        }

        @Override
        public Optional<Item> again(long position, UUID item) {
            return trail.event(new EventId(item)).<Item>map(this::item);
        }

        private Item item(StoredEvent stored) {
            return ItemMaker.item(stored, selection.words());
        }
    }
}
