package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;

/// A page that says where it is, for the top line.
public interface Titled {

    /// The way here, outermost first, the page itself last.
    Component[] crumbs();

    /// A page above this one.
    static Component above(Navigation.Page page) {
        var above = new Anchor(page.path(), page.label());
        above.setRouterIgnore(false);
        return above;
    }

    /// This page, in our words.
    static Component here(String words) {
        var here = new Span(words);
        here.addClassName("b");
        here.getElement().setAttribute("aria-current", "page");
        return here;
    }

    /// What stands between two.
    static Component slash() {
        var slash = new Span("/");
        slash.addClassName("q");
        return slash;
    }
}
