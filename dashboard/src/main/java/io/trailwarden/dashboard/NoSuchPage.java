package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/// An address that leads nowhere.
@ParentLayout(MainLayout.class)
@PermitAll
class NoSuchPage extends Div implements HasErrorParameter<NotFoundException>, Titled {

    @Override
    public int setErrorParameter(BeforeEnterEvent arriving, ErrorParameter<NotFoundException> error) {
        addClassName("page");
        removeAll();
        add(new Sentence().say("There is no such page"), Message.empty("The address may be cut short, or the page has moved.",
                new Paragraph(new NumberLink("Open alerts", Navigation.ALERTS.path()))));
        return HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("No such page")};
    }
}
