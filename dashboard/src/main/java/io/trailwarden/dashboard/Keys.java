package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Single keys that do something on a page, wherever the focus is. Off while somebody types or a dialog asks, together
/// with Ctrl, Alt or Meta, which are the browser's, and for whoever switched them off, which their browser remembers.
///
/// What a key does never depends on how fast it follows the one before. One that is pressed after a dialog was answered,
/// and before it is gone, is for the page though the focus is still in the dialog's field; one that is pressed while the
/// page reads what it would work on waits for that.
public final class Keys {

    /// What the browser remembers about somebody who switched them off, as `off` under this name.
    public static final String SWITCH = "trailwarden-keys";

    /// More keys, or older ones, are not waited with: nobody remembers having pressed them.
    private static final int MOST = 32;
    private static final Duration OLDEST = Duration.ofSeconds(20);

    /// Stands for no key, but for being asked to go on.
    private static final String GO_ON = "";

    /// In the capturing phase, because grids make a use of their own of some keys.
    private static final String LISTEN = """
            const page = this, keys = new Set($0.split(' '));
            if (page.listens) { return; }
            page.listens = true;
            const pressed = (e) => {
              if (!page.isConnected) {
                document.removeEventListener('keydown', pressed, true);
                page.listens = false;
                return;
              }
              if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || !keys.has(e.key)) { return; }
              if (document.querySelector('vaadin-popover[opened], vaadin-select[opened]')) { return; }
              if ([...document.querySelectorAll('vaadin-dialog[opened]')].some((dialog) => !dialog.answered)) { return; }
              const path = e.composedPath(), at = path[0];
              if (at.matches && !path.some((node) => node.localName === 'vaadin-dialog')) {
                if (at.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]')) { return; }
                if (e.key === 'Enter' && at.closest('a, button, vaadin-button, summary, vaadin-side-nav')) { return; }
              }
              if (e.key !== '?' && localStorage.getItem($1) === 'off') { return; }
              e.preventDefault();
              e.stopPropagation();
              page.dispatchEvent(new CustomEvent('tw-key', { detail: e.key }));
            };
            document.addEventListener('keydown', pressed, true);""";

    private static final String ANSWERED = """
            const dialog = this, answer = $0;
            answer.addEventListener('click', () => { dialog.answered = true; });
            dialog.addEventListener('keydown', (e) => {
              if (e.key === 'Enter' && e.ctrlKey && !answer.disabled) { dialog.answered = true; }
            }, true);""";

    private final Component page;
    private final BooleanSupplier ready;
    private final Consumer<String> action;
    private final InstantSource clock;
    private final Deque<Held> held = new ArrayDeque<>();

    private record Held(String key, Instant at) {
    }

    private Keys(Component page, BooleanSupplier ready, Consumer<String> action, InstantSource clock) {
        this.page = page;
        this.ready = ready;
        this.action = action;
        this.clock = clock;
    }

    /// Hands keys to `action` while `page` is shown, each in a request of its own or of those before it, so that it can be
    /// told who asks.
    ///
    /// @param keys by what the browser calls them, such as `a` or `.`
    /// @param ready whether there is something to work on; whatever makes it true calls [#resume] then
    public static Keys on(Component page, Collection<String> keys, BooleanSupplier ready, Consumer<String> action, InstantSource clock) {
        var heard = new Keys(page, ready, action, clock);
        page.getElement().addEventListener("tw-key", event -> heard.hear(event.getEventData().get("event.detail").asString())).addEventData("event.detail");
        page.addAttachListener(_ -> page.getElement().executeJs(LISTEN, String.join(" ", keys), SWITCH));
        return heard;
    }

    /// Runs what stands for a key while `page` is shown, which is always ready.
    public static void on(Component page, Map<String, Runnable> keys) {
        on(page, keys.keySet(), () -> true, key -> keys.getOrDefault(key, () -> { }).run(), InstantSource.system());
    }

    /// Says that `dialog` closes whenever `answer`, or Ctrl and Enter, is pressed, so that keys after that are the page's.
    /// Where it stays for once, it calls [#asksAgain].
    static void closesWith(Dialog dialog, Button answer) {
        dialog.getElement().executeJs(ANSWERED, answer.getElement());
    }

    /// `dialog` was answered and did not close.
    static void asksAgain(Dialog dialog) {
        dialog.getElement().executeJs("this.answered = false");
    }

    private void hear(String key) {
        if (key.equals(GO_ON)) {
            goOn();
        } else if (held.isEmpty() && ready.getAsBoolean()) {
            action.accept(key);
        } else if (held.size() < MOST) {
            held.add(new Held(key, clock.instant()));
        }
    }

    private void goOn() {
        while (!held.isEmpty() && page.isAttached() && ready.getAsBoolean()) {
            var next = held.removeFirst();
            if (next.at().plus(OLDEST).isAfter(clock.instant())) {
                action.accept(next.key());
            }
        }
    }

    /// The page is ready. Keys that wait are done in the browser's next request, because now there may be none.
    public void resume() {
        if (!held.isEmpty()) {
            page.getElement().executeJs("this.dispatchEvent(new CustomEvent('tw-key', { detail: $0 }))", GO_ON);
        }
    }

    /// What waits is not wanted any more.
    public void forget() {
        held.clear();
    }
}
