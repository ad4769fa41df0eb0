package io.trailwarden.dashboard.password;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Accounts.PasswordChange;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Secret;
import io.trailwarden.identity.SignedIn;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.Stream;

/// Where people change their own password. The one they have is asked, so that an open console is not enough.
@Route("password")
@PageTitle("Your password · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class PasswordView extends Div implements Titled {

    /// As long as a field of the sign-in page takes.
    private static final int LONGEST = 1024;

    private final Accounts accounts;
    private final PasswordField current = field("The one you have", Autocomplete.CURRENT_PASSWORD);
    private final PasswordField next = field("New password", Autocomplete.NEW_PASSWORD);
    private final PasswordField again = field("New password again", Autocomplete.NEW_PASSWORD);
    private final Div outcome = new Div();

    @Inject
    PasswordView(Accounts accounts) {
        this.accounts = accounts;
        addClassNames("page", "password");
        var lead = new Div(new Sentence().say("Change your password"),
                new Paragraph("You stay signed in here; wherever else you are signed in, you are asked for the new one. That you changed it is"
                        + " written in the access log."));
        lead.addClassName("lead");
        next.setHelperText("%d characters or more. A few words that nobody would guess are better than one with signs in it."
                .formatted(Accounts.SHORTEST_PASSWORD));
        outcome.addClassName("outcome");
        outcome.getElement().setAttribute("role", "status");
        var change = new Button("Change the password", _ -> change());
        change.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        again.addKeyPressListener(Key.ENTER, _ -> change());
        var form = new Div(current, next, again, change, outcome);
        form.addClassName("password-form");
        var block = new Block("Your password");
        block.show(form);
        add(lead, block);
        current.focus();
    }

    private static PasswordField field(String label, Autocomplete filledWith) {
        var field = new PasswordField(label);
        field.setAutocomplete(filledWith);
        field.setMaxLength(LONGEST);
        field.setWidthFull();
        field.setManualValidation(true);
        return field;
    }

    private void change() {
        fields().forEach(field -> field.setInvalid(false));
        outcome.removeAll();
        var request = VaadinRequest.getCurrent();
        if (request == null || !(request.getUserPrincipal() instanceof SignedIn who) || !complete()) {
            return;
        }
        try {
            tell(accounts.changeOwnPassword(who, new Secret(current.getValue()), new Secret(next.getValue()), request.getRemoteAddr()));
        } catch (IllegalArgumentException refused) {
            refuse(next, "Nothing was changed: a password has %d characters or more, and at most %d letters and digits. Others take more room."
                    .formatted(Accounts.SHORTEST_PASSWORD, Accounts.LONGEST_PASSWORD));
        } catch (IdentityUnavailable silent) {
            refuse(current, "Nothing was changed: the database does not answer. Try again in a moment.");
        }
    }

    private boolean complete() {
        if (current.isEmpty()) {
            return refuse(current, "Type the password that you have");
        }
        if (next.isEmpty() || next.getValue().equals(current.getValue())) {
            return refuse(next, next.isEmpty() ? "Type a new password" : "This is the password that you have");
        }
        return next.getValue().equals(again.getValue()) || refuse(again, "This is not the new password above");
    }

    private void tell(PasswordChange became) {
        switch (became) {
            case PasswordChange.Done() -> {
                fields().forEach(PasswordField::clear);
                outcome.add(new Paragraph("Your password is changed. Your other sessions are signed out."));
            }
            case PasswordChange.Wrong() -> {
                current.clear();
                refuse(current, "Nothing was changed: this is not your password");
            }
            case PasswordChange.TooManyAttempts(var after) ->
                    refuse(current, "Not looked at: too many were wrong. Try again in " + inWords(after));
        }
    }

    private static String inWords(Duration wait) {
        return wait.toMinutes() > 0 ? Sentence.counted(wait.toMinutes() + 1, "minute") : Sentence.counted(wait.toSeconds() + 1, "second");
    }

    private static boolean refuse(PasswordField field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
        field.focus();
        return false;
    }

    private Stream<PasswordField> fields() {
        return Stream.of(current, next, again);
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Your password")};
    }
}
