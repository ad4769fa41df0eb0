package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import java.util.Map;

/// Single keys that do something on a page, wherever the focus is. Off while somebody types or a dialog asks, and together
/// with Ctrl, Alt or Meta, which are the browser's.
public final class Keys {

    private static final String LISTEN = """
            const page = this, keys = $0.split(' ');
            if (page.listens) {
              return;
            }
            page.listens = true;
            const pressed = (event) => {
              if (!page.isConnected) {
                document.removeEventListener('keydown', pressed);
                page.listens = false;
                return;
              }
              const at = event.composedPath()[0];
              const typing = at.closest && at.closest('input, textarea, select, [contenteditable]');
              if (typing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented
                  || document.querySelector('vaadin-dialog[opened]') || !keys.includes(event.key)) {
                return;
              }
              event.preventDefault();
              page.dispatchEvent(new CustomEvent('tw-key', { detail: event.key }));
            };
            document.addEventListener('keydown', pressed);""";

    private Keys() {
    }

    /// Runs what stands for a key while `page` is shown.
    ///
    /// @param keys by what the browser calls them, such as `a` or `.`
    public static void on(Component page, Map<String, Runnable> keys) {
        page.getElement().addEventListener("tw-key", event -> {
            var action = keys.get(event.getEventData().get("event.detail").asString());
            if (action != null) {
                action.run();
            }
        }).addEventData("event.detail");
        page.addAttachListener(_ -> page.getElement().executeJs(LISTEN, String.join(" ", keys.keySet())));
    }
}
