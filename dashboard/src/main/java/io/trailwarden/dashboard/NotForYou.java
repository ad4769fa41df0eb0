package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/// A page that the person's role does not open.
@ParentLayout(MainLayout.class)
@PermitAll
class NotForYou extends Div implements HasErrorParameter<AccessDeniedException>, Titled {

    @Override
    public int setErrorParameter(BeforeEnterEvent arriving, ErrorParameter<AccessDeniedException> error) {
        addClassName("page");
        removeAll();
        add(new Sentence().say("This page is not for your role"), Message.forbidden("Nothing is broken.",
                new Paragraph("Your account may see other pages. An administrator can give it the role that this one asks for; "
                        + "it counts at once.")));
        return HttpServletResponse.SC_FORBIDDEN;
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Not for your role")};
    }
}
