package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.CommandOutline.Joint;
import io.trailwarden.dialect.shell.CommandOutline.Line;
import io.trailwarden.dialect.shell.CommandOutline.Stage;
import io.trailwarden.dialect.shell.ShellParser.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a command apart as it is written.
final class Outlining {

    private final String text;
    private final Walk walk;
    private final IdentityHashMap<Node, Place> places = new IdentityHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private int stages;
    private int leftOut;
    private int end;

    private Outlining(String text) {
        this.text = text;
        var budget = new Budget(text.length());
        walk = new Walk(new Facts(budget), budget);
    }

    static CommandOutline of(String command, CommandFacts whole) {
        var text = command.length() <= Budget.MAX_CHARS ? command : command.substring(0, Budget.MAX_CHARS);
        return new Outlining(text.replace(Cursor.END, '\uFFFD')).read(whole);
    }

    private CommandOutline read(CommandFacts whole) {
        var script = new ShellParser(text, walk.budget, places).script();
        for (var part : script instanceof Node.Sequence(var parts) ? parts : List.of(script)) {
            line(part instanceof Node.Pipeline(var piped) ? piped : List.of(part));
        }
        return new CommandOutline(whole, lines, leftOut);
    }

    private void line(List<Node> nodes) {
        var first = places.get(nodes.getFirst());
        var joint = first == null ? Joint.THEN : joint(first.from());
        var line = new ArrayList<Stage>();
        @Nullable Value input = null;
        for (var node : nodes) {
            var place = places.get(node);
            if (place == null || text.substring(place.from(), place.to()).isBlank()) {
                continue;
            }
            end = place.to();
            if (stages == CommandOutline.MOST_STAGES) {
                leftOut++;
                continue;
            }
            stages++;
            var facts = new Facts(walk.budget);
            input = new Walk(facts, walk).run(node, input).output();
            line.add(new Stage(text.substring(place.from(), place.to()).strip(), facts.finish()));
        }
        if (!line.isEmpty()) {
            lines.add(new Line(joint, line));
        }
    }

    /// What stands between the line before and this one. After a here-document that is its text; what announced it counts.
    private Joint joint(int from) {
        if (end == 0) {
            return Joint.FIRST;
        }
        var between = end < from ? text.substring(end, from).strip() : "";
        if (between.startsWith("&&")) {
            return Joint.IF_IT_WORKED;
        }
        if (between.startsWith("||")) {
            return Joint.IF_IT_FAILED;
        }
        return between.startsWith("&") ? Joint.MEANWHILE : Joint.THEN;
    }
}
