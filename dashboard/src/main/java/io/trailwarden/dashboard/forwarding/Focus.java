package io.trailwarden.dashboard.forwarding;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;

/// Keeps the focus of whoever works by keyboard in a table that is painted anew: on the button that they were on, or on the
/// one that took its place, unless they went elsewhere meanwhile.
final class Focus {

    private static final String ABOUT = "data-about";

    /// A button that is taken out of the page loses the focus without having been left.
    private static final String REMEMBER = """
            this.addEventListener('focusin', (e) => { this.at = e.target; });
            this.addEventListener('focusout', (e) => setTimeout(() => {
              if (e.target.isConnected && this.at === e.target) { this.at = null; }
            }));""";

    private static final String RETURN = """
            const at = this.at;
            if (at && !at.isConnected && document.activeElement === document.body) {
              const likely = [...this.querySelectorAll('vaadin-button')].filter((button) => button.getAttribute($0) === at.getAttribute($0));
              const same = likely.find((button) => button.getAttribute('aria-label') === at.getAttribute('aria-label'));
              (same || likely[0])?.focus();
            }""";

    private final Component table;

    /// @param table what holds the buttons, and stays when they do not
    Focus(Component table) {
        this.table = table;
        table.addAttachListener(_ -> table.getElement().executeJs(REMEMBER));
    }

    /// Says what `button` is about: another about the same may take its place.
    static void about(Button button, String what) {
        button.getElement().setAttribute(ABOUT, what);
    }

    /// The buttons were made anew.
    void restore() {
        table.getElement().executeJs(RETURN, ABOUT);
    }
}
