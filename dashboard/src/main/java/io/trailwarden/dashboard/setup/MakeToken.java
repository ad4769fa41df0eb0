package io.trailwarden.dashboard.setup;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Who;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Issued;
import io.trailwarden.identity.Tokens.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The first step: a token with the name of those who will send under it, shown this once.
final class MakeToken extends Block {

    private final Tokens tokens;
    private final InstantSource clock;
    private final Consumer<Issued> made;
    private final TextField name = new TextField("For whom");
    private final Select<Use> use = new Select<>();
    private final Select<Life> life = new Select<>();
    private final Div outcome = new Div();

    /// @param made called with each new token
    MakeToken(Tokens tokens, InstantSource clock, Consumer<Issued> made) {
        super("1. Make a token");
        this.tokens = tokens;
        this.clock = clock;
        this.made = made;
        note("kept as a hash; its text is shown once");
        name.setPlaceholder("payments-team");
        name.setHelperText("Stamped on every record that is sent with it");
        name.setMaxLength(100);
        name.setRequiredIndicatorVisible(true);
        name.setValueChangeMode(ValueChangeMode.EAGER);
        choices(use, "What for", Use.values());
        choices(life, "Ends", Life.values());
        life.setValue(Life.YEAR);
        var button = new Button("Make the token", _ -> make());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        var form = new Div(name, use, life, button);
        form.addClassName("make");
        outcome.addClassName("made");
        outcome.getElement().setAttribute("aria-live", "polite");
        show(form, outcome);
    }

    /// What the token is for.
    private enum Use {
        SEND("sends telemetry", Kind.INGEST),
        READ("reads the interface for programs", Kind.API);

        private final String words;
        private final Kind kind;

        Use(String words, Kind kind) {
            this.words = words;
            this.kind = kind;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// How long it is good for.
    private enum Life {
        QUARTER("after 90 days", Duration.ofDays(90)),
        YEAR("after a year", Duration.ofDays(365)),
        EVER("never", null);

        private final String words;
        private final @Nullable Duration length;

        Life(String words, @Nullable Duration length) {
            this.words = words;
            this.length = length;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static <T> void choices(Select<T> select, String label, T[] values) {
        select.setLabel(label);
        select.setItems(values);
        select.setValue(values[0]);
    }

    private void make() {
        var who = Who.asks();
        who.must(Permission.SET_UP);
        try {
            var kind = use.getValue().kind;
            var length = life.getValue().length;
            var issued = tokens.issue(name.getValue().strip(), kind,
                    kind == Kind.INGEST ? EnumSet.allOf(Signal.class) : EnumSet.noneOf(Signal.class),
                    length == null ? null : clock.instant().plus(length), who.name());
            name.setInvalid(false);
            name.clear();
            tell(issued);
            made.accept(issued);
        } catch (IllegalArgumentException refused) {
            name.setErrorMessage("Give it a name of 1 to 100 printable characters");
            name.setInvalid(true);
            name.focus();
        } catch (IdentityUnavailable silent) {
            fail();
        }
    }

    private void tell(Issued issued) {
        var text = issued.text().reveal();
        var shown = new Div(text);
        shown.addClassNames("code", "token");
        var about = new Paragraph();
        about.add("Token for ");
        about.add(new OurText(InertText.line(issued.token().name())));
        about.add(". Copy it now: nobody can show it again.");
        about.addClassName("h");
        outcome.removeAll();
        outcome.add(about, shown, new CopyButton("Copy the token", () -> text));
        outcome.removeClassName("failed");
    }

    private void fail() {
        outcome.removeAll();
        outcome.addClassName("failed");
        outcome.add(new Paragraph("No token was made: the database does not answer. What is sent meanwhile is kept; try again in a moment."));
    }
}
