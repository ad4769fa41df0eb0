package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Accounts.Account;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;

/// Who may sign in, with which roles, and when they last did.
@Route("accounts")
@PageTitle("Accounts · Trailwarden")
@RolesAllowed(Roles.ADMIN)
class AccountsView extends Div implements Titled {

    private final Accounts accounts;
    private final String viewer = Who.asks().name();
    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final Div outcome = new Div();
    private final Part<List<Account>> list;

    @Inject
    AccountsView(Accounts accounts, Readings readings, InstantSource clock) {
        this.accounts = accounts;
        moments = Viewer.moments(clock);
        list = new Part<>("Accounts", 5, readings, accounts::list, this::listed);
        list.note("people who sign in with a password of ours");
        addClassNames("page", "accounts");
        outcome.addClassName("made");
        outcome.getElement().setAttribute("aria-live", "polite");
        sentence.say("Accounts");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        var make = new Button("Make an account…", _ -> new AccountDialog(accounts, this::made).open());
        make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        var head = new Div(lead, make);
        head.addClassName("accounts-head");
        add(head, outcome, list, new RolesPart());
    }

    private Component listed(List<Account> all) {
        summarise(all);
        return new AccountTable(accounts, viewer, moments, this::changed, this::made).show(all);
    }

    /// Shows the password of `name` once.
    private void made(OncePassword once) {
        outcome.removeAll();
        outcome.add(once);
        list.refresh();
    }

    private void changed() {
        outcome.removeAll();
        list.refresh();
    }

    private void summarise(List<Account> all) {
        long administrators = all.stream().filter(account -> account.roles().contains(Roles.ADMIN)).count();
        long never = all.stream().filter(account -> account.lastSignedIn() == null).count();
        sentence.removeAll();
        sentence.say(Sentence.counted(all.size(), "person").replace("persons", "people") + " may sign in, ")
                .say(administrators == 1 ? "one of them as administrator" : administrators + " of them as administrators");
        if (never > 0) {
            sentence.say(", ").say(never + " never did");
        }
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Accounts")};
    }
}
