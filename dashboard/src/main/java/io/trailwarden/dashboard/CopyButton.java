package io.trailwarden.dashboard;

import com.vaadin.flow.component.button.Button;
import java.util.function.Supplier;

/// A button that puts a text on the clipboard and says so on itself.
///
/// Browsers lend their clipboard to pages on https and on this machine only; elsewhere the older way is tried, which copies
/// what is selected in a field.
public final class CopyButton extends Button {

    private static final String COPY = """
            const text = $0, button = this;
            const say = (words) => { button.textContent = words; setTimeout(() => { button.textContent = $1; }, 2000); };
            if (navigator.clipboard && window.isSecureContext) {
              navigator.clipboard.writeText(text).then(() => say('Copied'), () => say('Not copied'));
            } else {
              const field = document.createElement('textarea');
              field.value = text;
              field.setAttribute('readonly', '');
              field.style.position = 'fixed';
              field.style.opacity = '0';
              document.body.appendChild(field);
              field.select();
              const copied = document.execCommand('copy');
              field.remove();
              say(copied ? 'Copied' : 'Not copied');
            }""";

    /// Copies what `text` gives when it is pressed.
    ///
    /// @param words what the button says, such as `Copy the settings`
    public CopyButton(String words, Supplier<String> text) {
        super(words);
        addClassName("copy");
        addClickListener(_ -> getElement().executeJs(COPY, text.get(), words));
    }
}
