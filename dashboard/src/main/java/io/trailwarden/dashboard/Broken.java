package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jboss.logging.Logger;

/// A page that could not be built: our defect. What went wrong is in the log, under a reference that is shown; never in
/// the page, where it could tell an attacker more than the reader.
@ParentLayout(MainLayout.class)
@PermitAll
class Broken extends Div implements HasErrorParameter<Exception>, Titled {

    private static final Logger LOG = Logger.getLogger(Broken.class);

    @Override
    public int setErrorParameter(BeforeEnterEvent arriving, ErrorParameter<Exception> error) {
        var reference = "q-" + UUID.randomUUID().toString().substring(0, 8);
        LOG.errorf(error.getException(), "Page could not be built: reference=%s", reference);
        addClassName("page");
        removeAll();
        add(new Sentence().say("This page could not be shown"), Message.failed("The defect is in the console.",
                "Records and alerts are not touched by it: they are still received, kept and raised.", reference,
                () -> getUI().ifPresent(ui -> ui.getPage().reload())));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Not shown")};
    }
}
