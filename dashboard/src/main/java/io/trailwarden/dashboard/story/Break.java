package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.store.PersonTrail.Began;
import io.trailwarden.store.PersonTrail.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a session does not go on as it was: records are missing, the client was started again, or the mode is another.
///
/// @param at the first record after it
/// @param before the stretch that ended
/// @param after the stretch that began
record Break(Instant at, Stretch before, Stretch after) {

    /// The breaks in `stretches`, in order.
    static List<Break> in(List<Stretch> stretches) {
        var last = new HashMap<String, Stretch>();
        var breaks = new ArrayList<Break>();
        for (var stretch : stretches) {
            var before = last.put(stretch.session(), stretch);
            if (before != null && stretch.began() != Began.SESSION) {
                breaks.add(new Break(stretch.from(), before, stretch));
            }
        }
        return breaks;
    }

    /// How many records are missing; 0 where none is.
    long missing() {
        var last = before.lastSequence();
        var first = after.firstSequence();
        return after.began() == Began.GAP && last != null && first != null ? first - last - 1 : 0;
    }

    /// Whether the mode is another one after it.
    boolean turns() {
        return !Objects.equals(before.mode(), after.mode());
    }

    /// `14 records are missing between 210 and 225`.
    static String words(long missing, @Nullable Long last, @Nullable Long first) {
        return NumberLink.format(missing) + (missing == 1 ? " record is" : " records are") + " missing between " + last + " and " + first;
    }

    /// A line that says so.
    Component row() {
        var row = new Div();
        row.addClassNames("break", after.began().name().toLowerCase(java.util.Locale.ROOT));
        var words = new Div();
        words.addClassName("words-of-break");
        if (missing() > 0) {
            words.add(new Span(words(missing(), before.lastSequence(), after.firstSequence())));
        } else if (after.began() == Began.RESTART) {
            words.add(new Span("The client was started again and resumed the session; it counts from "
                    + Objects.requireNonNullElse(after.firstSequence(), 0L)));
        }
        if (turns()) {
            words.add(new Span(words.getChildren().findAny().isPresent() ? "; then " : "From here "), new ModeSwatch(after.mode()));
            if (before.mode() != null) {
                words.add(new Span(", before "), ClientText.line(before.mode(), 40));
            }
        }
        row.add(words);
        return row;
    }
}
