package io.trailwarden.dashboard;

import com.vaadin.flow.component.html.Anchor;
import java.util.Locale;

/// A number, or a few words with one, that opens the list behind it: ink with the accent under it, so that a dense page
/// does not turn blue.
public final class NumberLink extends Anchor {

    /// A number with thousands apart.
    ///
    /// @param path a page, see [Navigation]
    public NumberLink(long number, String path) {
        this(format(number), path);
    }

    /// Words with a number.
    public NumberLink(String words, String path) {
        super(path, words);
        setRouterIgnore(false);
        addClassName("n");
    }

    /// `12,480`.
    public static String format(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
