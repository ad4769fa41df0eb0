package io.trailwarden.dashboard;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.Notification.Position;

/// A few words about what has just been done, which go away by themselves. Never the only place where they stand: what
/// was done is in a history or in a log.
public final class Notice {

    /// Long enough to read two sentences twice.
    private static final int MILLIS = 8000;

    private Notice() {
    }

    /// Says `words`.
    public static void say(String words) {
        notification(words).open();
    }

    /// Says `words` and offers to take it back.
    ///
    /// @param undo what taking it back does, once
    public static void say(String words, Runnable undo) {
        var notice = notification(words);
        var button = new Button("Undo", _ -> {
            notice.close();
            undo.run();
        });
        button.addThemeNames("tertiary", "small");
        notice.add(button);
        notice.open();
    }

    private static Notification notification(String words) {
        var notice = new Notification();
        notice.add(new Span(words));
        notice.addClassName("said");
        notice.setDuration(MILLIS);
        notice.setPosition(Position.TOP_CENTER);
        return notice;
    }
}
