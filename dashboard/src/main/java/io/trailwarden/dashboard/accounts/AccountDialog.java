package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Permission;
import java.util.function.Consumer;

/// Asks for a name and roles, and makes the account with a password of ours.
final class AccountDialog extends Dialog {

    private final Accounts accounts;
    private final Consumer<OncePassword> made;
    private final TextField name = new TextField("Name");
    private final RoleChoice roles = new RoleChoice();

    /// @param made called with the password, to be shown once
    AccountDialog(Accounts accounts, Consumer<OncePassword> made) {
        this.accounts = accounts;
        this.made = made;
        setHeaderTitle("Make an account");
        addClassName("account-dialog");
        name.setHelperText("What they type to sign in, such as ana or ana@example.com");
        name.setMaxLength(100);
        name.setWidthFull();
        name.focus();
        add(name, roles, new Paragraph("It gets a password that nobody can guess, shown to you once."));
        var make = new Button("Make the account", _ -> make());
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), make);
    }

    private void make() {
        var who = Who.asks();
        who.must(Permission.ACCOUNTS);
        if (!roles.chosen()) {
            return;
        }
        try {
            var password = accounts.randomPassword();
            var account = accounts.create(name.getValue(), password, roles.getValue(), who.name());
            close();
            made.accept(new OncePassword(account.name(), password));
        } catch (IllegalArgumentException refused) {
            fail("The name is taken, or not made of letters, digits and . _ @ + -");
        } catch (IdentityUnavailable silent) {
            fail("No account was made: the database does not answer. Try again in a moment.");
        }
    }

    private void fail(String words) {
        name.setErrorMessage(words);
        name.setInvalid(true);
        name.focus();
    }
}
