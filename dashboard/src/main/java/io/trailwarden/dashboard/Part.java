package io.trailwarden.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import io.trailwarden.dashboard.Readings.Answer;
import java.util.function.Function;
import java.util.function.Supplier;

/// A block that fills by itself: grey bars while it reads, then what was read, or words about why it could not be. The
/// rest of the page stands.
///
/// @param <T> what is read
public final class Part<T> extends Block {

    private final String heading;
    private final Readings readings;
    private final Supplier<T> question;
    private final Function<T, Component> answer;
    private int asked;

    /// A part that begins to read when it is shown.
    ///
    /// @param rows about how many rows come, for the height while it reads
    /// @param question runs on a thread of its own, without the page
    /// @param answer makes of it what is shown
    public Part(String heading, int rows, Readings readings, Supplier<T> question, Function<T, Component> answer) {
        super(heading);
        this.heading = heading;
        this.readings = readings;
        this.question = question;
        this.answer = answer;
        show(Message.loading(rows));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        refresh();
    }

    /// Reads again, with what was there left standing meanwhile.
    public void refresh() {
        int turn = ++asked;
        readings.ask(this, question, read -> {
            if (turn == asked) {
                settle(read);
            }
        });
    }

    private void settle(Answer<T> read) {
        switch (read) {
            case Answer.Found<T>(var value) -> show(answer.apply(value));
            case Answer.Failed<T> failed -> show(failure(heading, failed, this::refresh));
        }
    }

    /// The words for a block that could not be read.
    public static Message failure(String heading, Answer.Failed<?> failed, Runnable again) {
        return failed.databaseSilent()
                ? Message.failed(heading + ": the database does not answer.",
                        "Nothing is lost: records are still received and kept, and appear here once it is back.",
                        failed.reference(), again)
                : Message.failed(heading + " could not be shown.",
                        "The defect is in the console; records and alerts are not touched by it.", failed.reference(), again);
    }
}
