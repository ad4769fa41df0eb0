package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The keys of the queue: heard wherever the focus is, but not in a field, not while something is asked, not with a
/// modifier, and not where somebody switched them off, which their browser remembers.
final class Keys {

    /// Every key and what it does, as it is printed.
    private static final Map<String, String> ALL = all();

    private static final String OFF = "trailwarden-keys";

    /// In the capturing phase, because the grid makes a use of its own of some of them.
    private static final String HEAR = """
            const page = this, keys = new Set($0.split(' '));
            const hear = (e) => {
              if (!page.isConnected) { document.removeEventListener('keydown', hear, true); return; }
              if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || !keys.has(e.key)) { return; }
              const at = e.composedPath()[0];
              if (at.matches && at.matches('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]')) { return; }
              if (document.querySelector('vaadin-dialog[opened], vaadin-popover[opened], vaadin-select[opened]')) { return; }
              if (e.key === 'Enter' && at.closest && at.closest('a, button, vaadin-button, summary, vaadin-side-nav')) { return; }
              if (e.key !== '?' && localStorage.getItem('trailwarden-keys') === 'off') { return; }
              e.preventDefault();
              e.stopPropagation();
              page.dispatchEvent(new CustomEvent('tw-key', {detail: e.key}));
            };
            document.addEventListener('keydown', hear, true);""";

    private Keys() {
    }

    private static Map<String, String> all() {
        var keys = new LinkedHashMap<String, String>();
        keys.put("j", "next alert");
        keys.put("k", "alert before");
        keys.put("x", "select it, or no longer");
        keys.put("Enter", "open it");
        keys.put("a", "assign to me");
        keys.put("e", "acknowledge");
        keys.put("c", "close, with a reason");
        keys.put("m", "comment");
        keys.put(".", "show what is new");
        keys.put("Escape", "select nothing");
        keys.put("?", "these keys");
        return keys;
    }

    /// Hands each key that is pressed on `page` to `pressed`, by the browser's name for it.
    static void hear(Component page, Consumer<String> pressed) {
        page.getElement().addEventListener("tw-key", event -> pressed.accept(event.getEventData().get("event.detail").asString()))
                .addEventData("event.detail");
        page.addAttachListener(shown -> page.getElement().executeJs(HEAR, String.join(" ", ALL.keySet())));
    }

    /// Shows all keys, and lets somebody switch them off.
    static void explain() {
        var dialog = new Dialog();
        dialog.addClassName("keys");
        dialog.setHeaderTitle("Keys");
        var list = new DescriptionList();
        ALL.forEach((key, does) -> list.add(new DescriptionList.Term(print(key)), new DescriptionList.Description(does)));
        list.add(new DescriptionList.Term(print("/")), new DescriptionList.Description("search"));
        var on = new Checkbox("Keys are on");
        on.getElement().executeJs("return localStorage.getItem($0) !== 'off'", OFF).then(Boolean.class, on::setValue);
        on.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                on.getElement().executeJs("localStorage.setItem($0, $1)", OFF, change.getValue() ? "on" : "off");
            }
        });
        var note = new Paragraph("They work on the selected alerts, or on the one under the cursor. In a field they are letters.");
        note.addClassNames("q", "xs");
        dialog.add(list, on, note);
        dialog.getFooter().add(new Button("Done", _ -> dialog.close()));
        dialog.open();
    }

    /// A key as it is printed where it works.
    static Span print(String key) {
        var printed = new Span(key.equals("Escape") ? "Esc" : key);
        printed.addClassName("kbd");
        return printed;
    }
}
