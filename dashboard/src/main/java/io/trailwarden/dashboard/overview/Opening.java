package io.trailwarden.dashboard.overview;

import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Tally;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sentence that the overview opens with: what needs a person, in the order in which it does.
///
/// @param pieces what it says, one after the other
/// @param calm whether nothing needs anybody, which is said in grey
record Opening(List<Piece> pieces, boolean calm) {

    private static final String[] SMALL = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

    Opening {
        pieces = List.copyOf(pieces);
    }

    /// Some words of it.
    ///
    /// @param link the list that they count; null for plain words
    record Piece(String words, @Nullable String link, Kind kind) {
    }

    /// How words are set.
    enum Kind {
        PLAIN, CRITICAL, HIGH, WIRE
    }

    /// The sentence.
    ///
    /// @param bypassing people who were at work within the last hour where nobody is asked
    /// @param detecting whether rules follow the trail
    static Opening of(Tally tally, long bypassing, boolean detecting) {
        var pieces = new ArrayList<Piece>();
        boolean grave = alerts(tally, pieces);
        people(bypassing, pieces);
        if (!detecting) {
            pieces.add(plain(" Rules do not run: nothing new is found until they do."));
        }
        return new Opening(pieces, !grave && tally.late() == 0 && bypassing == 0 && detecting);
    }

    /// What is said before the first record.
    static Opening empty() {
        return new Opening(List.of(plain("Nothing has been sent yet")), true);
    }

    /// @return whether some are grave
    private static boolean alerts(Tally tally, List<Piece> pieces) {
        long unfinished = tally.unfinished();
        if (unfinished == 0) {
            pieces.add(plain("Nothing is open."));
            return false;
        }
        for (var severity : List.of(Severity.CRITICAL, Severity.HIGH)) {
            if (tally.of(severity) > 0) {
                graver(severity, tally, pieces);
                return true;
            }
        }
        pieces.add(new Piece(begin(unfinished) + counted(unfinished, " alert"), Navigation.alerts(AlertsFilter.OPEN), Kind.PLAIN));
        pieces.add(plain(is(unfinished) + "open, none of them critical or high" + (tally.late() > 0 ? ";" : ".")));
        late(tally, pieces);
        return false;
    }

    private static void graver(Severity severity, Tally tally, List<Piece> pieces) {
        long count = tally.of(severity);
        long orphans = tally.of(each -> each.severity() == severity && each.owner() == null);
        var filter = AlertsFilter.OPEN.of(Set.of(severity));
        pieces.add(new Piece(begin(count) + " " + severity.wireName() + counted(count, " alert"), Navigation.alerts(filter),
                severity == Severity.CRITICAL ? Kind.CRITICAL : Kind.HIGH));
        pieces.add(plain(is(count) + "open" + (orphans == 0 ? "." : ", ")));
        if (orphans > 0) {
            var who = count == 1 ? "without an owner" : orphans == count ? count == 2 ? "neither has an owner" : "none has an owner"
                    : words(orphans) + (orphans == 1 ? " has" : " have") + " no owner";
            pieces.add(new Piece(who, Navigation.alerts(filter.ownedBy(AlertsFilter.NOBODY)), Kind.PLAIN));
            pieces.add(plain("."));
        }
    }

    private static void late(Tally tally, List<Piece> pieces) {
        if (tally.late() > 0) {
            pieces.add(plain(" "));
            pieces.add(new Piece(words(tally.late()) + (tally.late() == 1 ? " is late" : " are late"),
                    Navigation.alerts(AlertsFilter.OPEN.lateOnly(true)), Kind.HIGH));
            pieces.add(plain("."));
        }
    }

    private static void people(long bypassing, List<Piece> pieces) {
        if (bypassing == 0) {
            pieces.add(plain(" Nobody is in "));
        } else {
            pieces.add(plain(" "));
            pieces.add(new Piece(begin(bypassing) + (bypassing == 1 ? " person" : " people"),
                    Navigation.people(PeopleFilter.ALL.inMode("bypassPermissions").seenWithin(Within.HOUR)), Kind.PLAIN));
            pieces.add(plain(bypassing == 1 ? " is in " : " are in "));
        }
        pieces.add(new Piece("bypassPermissions", null, Kind.WIRE));
        pieces.add(plain("."));
    }

    private static Piece plain(String words) {
        return new Piece(words, null, Kind.PLAIN);
    }

    private static String is(long count) {
        return count == 1 ? " is " : " are ";
    }

    private static String counted(long count, String one) {
        return one + (count == 1 ? "" : "s");
    }

    /// `Two` at the beginning of a sentence, `12` from ten on.
    private static String begin(long count) {
        var words = words(count);
        return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }

    /// `three`, `12` from ten on.
    static String words(long count) {
        return count < SMALL.length ? SMALL[(int) count] : NumberLink.format(count);
    }

    /// All of it as text.
    String text() {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.words()));
        return text.toString();
    }
}
