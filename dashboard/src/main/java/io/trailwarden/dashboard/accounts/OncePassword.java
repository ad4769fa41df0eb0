package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.identity.Secret;

/// A password that was just made, shown this once.
final class OncePassword extends Div {

    OncePassword(String name, Secret password) {
        addClassName("once");
        var about = new Paragraph();
        about.addClassName("h");
        about.add("Password of ");
        about.add(new OurText(InertText.line(name)));
        about.add(". Hand it over now: nobody can show it again.");
        var shown = new Div(password.reveal());
        shown.addClassNames("code", "token");
        add(about, shown, new CopyButton("Copy the password", password::reveal));
    }
}
