package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/// What stands in a block that has nothing to show: nothing there, not yet, not now, or not for this role.
public final class Message extends Div {

    private Message(String headline, String kind) {
        addClassNames("state", kind);
        var first = new Paragraph(headline);
        first.addClassName("h");
        add(first);
    }

    /// Nothing there: what that means, and what comes next.
    public static Message empty(String headline, Component... explanation) {
        var message = new Message(headline, "empty");
        message.add(explanation);
        return message;
    }

    /// Not now: what did not work, what is safe, what to do, and when it was.
    ///
    /// @param what subject and verb, such as `The trail could not be read.`
    /// @param safe what is not lost
    /// @param reference names this failure in the log of the server
    public static Message failed(String what, String safe, String reference, Runnable again) {
        var message = new Message(what, "failed");
        message.getElement().setAttribute("role", "alert");
        var button = new Button("Try again", _ -> again.run());
        var where = new Paragraph(new Span("Reference "), ClientText.line(reference), new Span(", in the log of the server"));
        where.addClassNames("q", "xs");
        message.add(new Paragraph(safe), button, where);
        return message;
    }

    /// Not for this role.
    public static Message forbidden(String headline, Component... explanation) {
        var message = new Message(headline, "forbidden");
        message.add(explanation);
        return message;
    }

    /// Not yet: `rows` grey bars with the height of the rows to come.
    public static Div loading(int rows) {
        var loading = new Div();
        loading.addClassNames("loading");
        loading.getElement().setAttribute("role", "status");
        loading.getElement().setAttribute("aria-label", "Reading");
        for (int row = 0; row < rows; row++) {
            var line = new Div(new Span(), new Span(), new Span());
            line.addClassNames("sk", "w" + row % 4);
            loading.add(line);
        }
        return loading;
    }
}
