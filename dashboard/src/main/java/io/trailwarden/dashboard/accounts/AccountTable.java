package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.notification.Notification;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Accounts.Account;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Roles;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The accounts, one row each, and what an administrator does to one.
final class AccountTable {

    private static final String SILENT = "Nothing was changed: the database does not answer. Try again in a moment.";

    private final Accounts accounts;
    private final String viewer;
    private final Moments moments;
    private final Runnable changed;
    private final Consumer<OncePassword> renewed;

    /// @param viewer name of the account that looks at it
    /// @param changed called after roles were changed or an account removed
    /// @param renewed called with a new password, to be shown once
    AccountTable(Accounts accounts, String viewer, Moments moments, Runnable changed, Consumer<OncePassword> renewed) {
        this.accounts = accounts;
        this.viewer = viewer;
        this.moments = moments;
        this.changed = changed;
        this.renewed = renewed;
    }

    Component show(List<Account> all) {
        var heads = new NativeTableRow();
        List.of("name", "roles", "made", "last signed in", "").forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var body = new NativeTableBody();
        all.forEach(account -> body.add(row(account)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("accounts");
        return table;
    }

    private NativeTableRow row(Account account) {
        var name = new NativeTableCell(account.name());
        name.addClassName("b");
        return new NativeTableRow(name,
                new NativeTableCell(Roles.ALL.stream().filter(account.roles()::contains).collect(Collectors.joining(", "))),
                new NativeTableCell(moments.day(account.createdAt())),
                new NativeTableCell(account.lastSignedIn() == null ? new Text("never") : Age.ago(moments, account.lastSignedIn())),
                new NativeTableCell(action("Roles…", account, () -> changeRoles(account)),
                        account.name().equals(viewer) ? ownPassword() : action("New password…", account, () -> askForPassword(account)),
                        action("Remove…", account, () -> askToRemove(account))));
    }

    /// Making oneself a new one would end the session that it is to be shown in.
    private static Component ownPassword() {
        var own = new Anchor(Navigation.PASSWORD.path(), "Your password…");
        own.setRouterIgnore(false);
        return own;
    }

    private static Button action(String words, Account account, Runnable act) {
        var button = new Button(words, _ -> act.run());
        button.addThemeNames("tertiary", "small");
        button.setAriaLabel(words + " " + account.name());
        return button;
    }

    private void changeRoles(Account account) {
        var dialog = new Dialog("Roles of " + account.name());
        var choice = new RoleChoice(account.roles());
        dialog.add(choice);
        var change = new Button("Change the roles", _ -> {
            if (choice.chosen()) {
                act(() -> accounts.changeRoles(account.name(), choice.getValue(), Who.asks().name()), "The roles are changed.");
                dialog.close();
            }
        });
        change.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), change);
        dialog.open();
    }

    private void askForPassword(Account account) {
        var dialog = confirm("A new password for " + account.name() + "?",
                "The old one is refused from then on, and they are signed out wherever they are signed in.", "Make a new password");
        dialog.addConfirmListener(_ -> {
            var password = accounts.randomPassword();
            if (act(() -> accounts.changePassword(account.name(), password, Who.asks().name()), "The password is changed.")) {
                renewed.accept(new OncePassword(account.name(), password));
            }
        });
        dialog.open();
    }

    private void askToRemove(Account account) {
        var dialog = confirm("Remove " + account.name() + "?",
                "They are signed out at once. What they did stays written down under this name.", "Remove");
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(_ -> act(() -> accounts.remove(account.name(), Who.asks().name()), "The account is removed."));
        dialog.open();
    }

    private static ConfirmDialog confirm(String question, String consequence, String confirm) {
        var dialog = new ConfirmDialog();
        dialog.setHeader(question);
        dialog.setText(new Div(consequence));
        dialog.setCancelable(true);
        dialog.setConfirmText(confirm);
        return dialog;
    }

    /// Does it, says what became of it, and whether it was done.
    private boolean act(BooleanSupplier action, String done) {
        Who.asks().must(Permission.ACCOUNTS);
        try {
            boolean found = action.getAsBoolean();
            Notification.show(found ? done : "There is no such account any more.");
            changed.run();
            return found;
        } catch (IllegalArgumentException refused) {
            Notification.show("Not done: no administrator would be left. Give another account the role admin first.");
        } catch (IdentityUnavailable silent) {
            Notification.show(SILENT);
        }
        return false;
    }
}
