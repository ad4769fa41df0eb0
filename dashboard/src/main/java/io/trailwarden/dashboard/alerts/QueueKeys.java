package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.Keys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The keys of the queue, and what they do in words; see [Keys] for when they are heard.
final class QueueKeys {

    /// Every key and what it does, as it is printed.
    private static final Map<String, String> ALL = explained();

    private QueueKeys() {
    }

    private static Map<String, String> explained() {
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

    /// By the browser's names for them.
    static Set<String> all() {
        return ALL.keySet();
    }

    /// Shows all keys, and lets somebody switch them off.
    static Dialog explain() {
        var dialog = new Dialog();
        dialog.addClassName("keys");
        dialog.setHeaderTitle("Keys");
        var list = new DescriptionList();
        ALL.forEach((key, does) -> list.add(new DescriptionList.Term(print(key)), new DescriptionList.Description(does)));
        list.add(new DescriptionList.Term(print("/")), new DescriptionList.Description("search"));
        var on = new Checkbox("Keys are on");
        on.getElement().executeJs("return localStorage.getItem($0) !== 'off'", Keys.SWITCH).then(Boolean.class, on::setValue);
        on.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                on.getElement().executeJs("localStorage.setItem($0, $1)", Keys.SWITCH, change.getValue() ? "on" : "off");
            }
        });
        var note = new Paragraph("They work on the selected alerts, or on the one under the cursor. In a field they are letters.");
        note.addClassNames("q", "xs");
        dialog.add(list, on, note);
        dialog.getFooter().add(new Button("Done", _ -> dialog.close()));
        return dialog;
    }

    /// A key as it is printed where it works.
    static Span print(String key) {
        var printed = new Span(key.equals("Escape") ? "Esc" : key);
        printed.addClassName("kbd");
        return printed;
    }
}
