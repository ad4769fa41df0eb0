package io.trailwarden.dashboard.overview;

import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.overview.Opening.Kind;
import io.trailwarden.dashboard.overview.Opening.Piece;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The line about forwarding: how many destinations there are, which of them take nothing and why, and which is furthest
/// behind. Everything it counts is listed on the Forwarding page.
final class Onward {

    /// More would not be read in one line.
    private static final int MOST_TROUBLES = 2;

    private Onward() {
    }

    /// The line.
    ///
    /// @param all as [io.trailwarden.forward.Forwarding#destinations()] has them
    /// @param refused items that a destination would not take
    static List<Piece> of(List<Standing> all, long refused, Instant now) {
        var configured = all.stream().filter(each -> !(each.state() instanceof State.Removed)).toList();
        var pieces = new ArrayList<Piece>();
        if (configured.isEmpty()) {
            pieces.add(plain("Nothing is forwarded: "));
            pieces.add(linked("no destination is set up", Kind.PLAIN));
        } else {
            pieces.add(plain("Forwarding to "));
            pieces.add(linked(Opening.words(configured.size()) + (configured.size() == 1 ? " destination" : " destinations"), Kind.PLAIN));
            var troubles = troubles(configured, now);
            troubles.stream().limit(MOST_TROUBLES).forEach(trouble -> {
                pieces.add(plain(pieces.size() == 2 ? ": " : ", "));
                pieces.add(trouble);
            });
            if (troubles.size() > MOST_TROUBLES) {
                pieces.add(plain(", and "));
                pieces.add(linked(Opening.words(troubles.size() - MOST_TROUBLES) + " more not well", Kind.HIGH));
            }
            behind(configured, troubles.isEmpty(), pieces);
        }
        pieces.add(plain("."));
        if (refused > 0) {
            pieces.add(plain(" "));
            pieces.add(linked(NumberLink.format(refused) + (refused == 1 ? " item was" : " items were") + " refused", Kind.HIGH));
            pieces.add(plain("."));
        }
        return pieces;
    }

    /// Those that take nothing, the gravest first.
    private static List<Piece> troubles(List<Standing> configured, Instant now) {
        var stopped = new ArrayList<Piece>();
        var held = new ArrayList<Piece>();
        var paused = new ArrayList<Piece>();
        for (var each : configured) {
            switch (each.state()) {
                case State.Misconfigured(var since, _, _) ->
                        stopped.add(linked(each.name() + " needs somebody, for " + span(since, now), Kind.CRITICAL));
                case State.HeldBack(var since, _, _, _) -> held.add(linked(each.name() + " is held back, for " + span(since, now), Kind.HIGH));
                case State.Paused(var by, _) -> paused.add(linked(each.name() + " is paused by " + by, Kind.PLAIN));
                case State.UpToDate _, State.Sending _, State.Removed _ -> {
                    // Nothing is wrong with it.
                }
            }
        }
        stopped.addAll(held);
        stopped.addAll(paused);
        return stopped;
    }

    private static void behind(List<Standing> configured, boolean well, List<Piece> pieces) {
        var furthest = configured.stream().filter(each -> each.waiting() > 0).max(Comparator.comparing(Standing::lag).thenComparing(Standing::waiting));
        if (furthest.isPresent()) {
            var lag = furthest.get().lag();
            pieces.add(plain(configured.size() == 1 ? "; " : "; furthest behind is " + furthest.get().name() + ", "));
            pieces.add(linked(NumberLink.format(furthest.get().waiting()) + " waiting", Kind.PLAIN));
            pieces.add(plain(lag.compareTo(Duration.ofSeconds(1)) < 0 ? "" : ", the oldest for " + Moments.span(lag)));
        } else if (well) {
            pieces.add(plain(switch (configured.size()) {
                case 1 -> ", up to date";
                case 2 -> ", both up to date";
                default -> ", all up to date";
            }));
        }
    }

    private static String span(Instant since, Instant now) {
        return Moments.span(Duration.between(since, now));
    }

    private static Piece plain(String words) {
        return new Piece(words, null, Kind.PLAIN);
    }

    private static Piece linked(String words, Kind kind) {
        return new Piece(words, Navigation.FORWARDING.path(), kind);
    }
}
