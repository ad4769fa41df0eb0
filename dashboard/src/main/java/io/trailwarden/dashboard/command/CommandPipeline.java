package io.trailwarden.dashboard.command;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.command.Effect.Tone;
import io.trailwarden.dialect.shell.CommandOutline;
import io.trailwarden.dialect.shell.CommandOutline.Joint;
import io.trailwarden.dialect.shell.CommandOutline.Line;
import io.trailwarden.dialect.shell.CommandOutline.Stage;
import io.trailwarden.dialect.shell.ShellReader;
import java.util.List;

/// A shell command drawn as what it is: boxes with arrows between, each with what it does. All of it is text, in the order
/// written, so that it can be selected, copied and read aloud.
///
/// Bounded whatever the command: long stages are cut, long lists counted, and the whole is there on request.
public final class CommandPipeline extends Div {

    /// Characters of one stage that are shown at once.
    private static final int SHOWN = 600;

    /// Effects told of one stage, and names told of one effect.
    private static final int EFFECTS = 4;
    static final int NAMES = 3;

    private static final ShellReader SHELL = new ShellReader();

    /// Draws `command`.
    public CommandPipeline(String command, Lists lists) {
        addClassName("pipeline");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", "The command, stage by stage");
        var outline = SHELL.outline(command);
        outline.lines().forEach(line -> add(line(line, lists)));
        if (outline.leftOut() > 0) {
            add(quiet("and " + NumberLink.format(outline.leftOut()) + " more stages"));
        }
        if (!outline.whole().parsed()) {
            add(quiet("Not all of this is a command that could be understood; what was is told."));
        }
        if (incomplete(outline, command)) {
            add(whole(command));
        }
    }

    /// Whether the boxes leave out some of the text: cut stages, or the text of a here-document.
    private static boolean incomplete(CommandOutline outline, String command) {
        return outline.leftOut() > 0 || outline.lines().isEmpty() || command.contains("<<")
                || outline.lines().stream().flatMap(line -> line.stages().stream()).anyMatch(stage -> stage.text().length() > SHOWN);
    }

    private static Component line(Line line, Lists lists) {
        var row = new Div();
        row.addClassName("pipeline-line");
        if (line.joint() != Joint.FIRST) {
            var joint = new Span(words(line.joint()));
            joint.addClassName("joint");
            row.add(joint);
        }
        var stages = new OrderedList();
        for (int place = 0; place < line.stages().size(); place++) {
            stages.add(stage(line.stages().get(place), place > 0, lists));
        }
        row.add(stages);
        return row;
    }

    private static String words(Joint joint) {
        return switch (joint) {
            case FIRST -> "";
            case THEN -> "then";
            case IF_IT_WORKED -> "if it worked";
            case IF_IT_FAILED -> "if it failed";
            case MEANWHILE -> "meanwhile";
        };
    }

    private static ListItem stage(Stage stage, boolean piped, Lists lists) {
        var effects = Effect.of(stage, lists);
        var item = new ListItem();
        item.addClassName("stage");
        if (piped) {
            var pipe = new Span(new Span("|"));
            pipe.addClassName("pipe");
            pipe.setClassName("hot", effects.stream().anyMatch(effect -> effect.tone() == Tone.CRITICAL));
            item.add(pipe);
        }
        var does = new Div(box(stage.text(), effects));
        does.addClassName("does");
        effects.stream().limit(EFFECTS).forEach(effect -> does.add(effect(effect)));
        item.add(does);
        return item;
    }

    private static Component box(String text, List<Effect> effects) {
        var box = new Div();
        box.addClassName("box");
        int left = SHOWN;
        for (var stretch : MarkedText.of(text, effects)) {
            var tone = stretch.tone();
            if (tone == null) {
                box.add(ClientText.line(stretch.text(), left));
            } else {
                var marked = new Span(ClientText.line(stretch.text(), left));
                marked.addClassNames("marked", tone(tone));
                box.add(marked);
            }
            left -= stretch.text().length();
            if (left <= 0) {
                break;
            }
        }
        return box;
    }

    private static Component effect(Effect effect) {
        var headline = new Span(effect.headline());
        headline.addClassNames("b", tone(effect.tone()));
        var line = new Paragraph(headline);
        var more = new Span();
        more.addClassName("s");
        effect.names().stream().limit(NAMES).forEach(name -> more.add(ClientText.line(name, 80), new Span(" ")));
        if (effect.names().size() > NAMES) {
            more.add(new Span("and " + NumberLink.format(effect.names().size() - NAMES) + " more "));
        }
        more.add(new Span(effect.because()));
        return new Div(line, new Paragraph(more));
    }

    private static String tone(Tone tone) {
        return switch (tone) {
            case PLAIN -> "s";
            case HIGH -> "high";
            case CRITICAL -> "crit";
        };
    }

    private static Component whole(String command) {
        var details = new Details("The whole command, " + NumberLink.format(command.length()) + " characters");
        details.addOpenedChangeListener(change -> {
            if (change.isOpened() && details.getContent().findAny().isEmpty()) {
                var text = new Div(ClientText.lines(command));
                text.addClassName("code");
                details.add(text);
            }
        });
        return details;
    }

    private static Component quiet(String words) {
        var quiet = new Paragraph(words);
        quiet.addClassNames("q", "xs");
        return quiet;
    }
}
