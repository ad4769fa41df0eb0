package io.trailwarden.dashboard.command;

import io.trailwarden.dialect.shell.CommandFacts;
import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.CommandOutline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One thing that a stage of a command does, in our words.
///
/// @param headline what it does
/// @param tone how much it matters
/// @param names what it does it to, as the client wrote it; may be empty
/// @param because what we say about that; may be empty
record Effect(String headline, Tone tone, List<String> names, String because) {

    private static final Set<String> ENCODERS = Set.of("base64", "base32", "xxd", "od", "hexdump", "uuencode", "openssl");
    private static final Set<String> PACKERS = Set.of("gzip", "bzip2", "xz", "zip", "zstd", "tar", "7z");

    Effect {
        names = List.copyOf(names);
    }

    /// How much an effect matters.
    enum Tone {
        PLAIN,
        HIGH,
        CRITICAL
    }

    /// What `stage` does, gravest first as far as order tells nothing else.
    static List<Effect> of(Stage stage, Lists lists) {
        var facts = stage.facts();
        var effects = new ArrayList<Effect>();
        runs(facts, effects);
        sends(facts, lists, effects);
        reads(facts, lists, effects);
        changes(facts, effects);
        shape(stage, effects);
        return effects;
    }

    private static void runs(CommandFacts facts, List<Effect> effects) {
        mark(facts, Mark.REVERSE_SHELL, "Hands a shell to the network", Tone.CRITICAL, "whoever listens there types here", effects);
        mark(facts, Mark.NETWORK_TO_SHELL, "Runs what the network sent", Tone.CRITICAL, "nobody has read it before", effects);
        mark(facts, Mark.DECODE_TO_SHELL, "Runs what was encoded", Tone.CRITICAL, "so that nobody would read it", effects);
    }

    private static void sends(CommandFacts facts, Lists lists, List<Effect> effects) {
        var unknown = facts.hosts().stream().filter(host -> !lists.approved(host)).toList();
        var names = unknown.isEmpty() ? facts.hosts() : unknown;
        var because = facts.hosts().isEmpty() ? "where to cannot be told from the text"
                : unknown.isEmpty() ? "on the list of approved hosts" : "not on the list of approved hosts";
        boolean approved = !facts.hosts().isEmpty() && unknown.isEmpty();
        if (facts.marks().contains(Mark.SENDS_TO_NETWORK)) {
            effects.add(new Effect(approved ? "Sends data out" : "Sends data to an unknown host",
                    approved ? Tone.HIGH : Tone.CRITICAL, names, because));
        } else if (facts.marks().contains(Mark.USES_NETWORK) || !facts.hosts().isEmpty()) {
            effects.add(new Effect("Talks to the network", approved || facts.hosts().isEmpty() ? Tone.PLAIN : Tone.HIGH, names, because));
        }
    }

    private static void reads(CommandFacts facts, Lists lists, List<Effect> effects) {
        var secrets = facts.reads().stream().filter(lists::secret).toList();
        if (!secrets.isEmpty()) {
            effects.add(new Effect("Reads a secret", Tone.HIGH, secrets, "on the list of files that hold credentials"));
        } else if (!facts.reads().isEmpty()) {
            effects.add(new Effect(facts.reads().size() == 1 ? "Reads a file" : "Reads files", Tone.PLAIN, facts.reads(), ""));
        }
    }

    private static void changes(CommandFacts facts, List<Effect> effects) {
        boolean forced = facts.marks().contains(Mark.FORCED_DELETE);
        if (forced || !facts.deletes().isEmpty()) {
            effects.add(new Effect(forced ? "Deletes without asking" : "Deletes", forced ? Tone.HIGH : Tone.PLAIN, facts.deletes(), ""));
        }
        if (!facts.writes().isEmpty()) {
            effects.add(new Effect(facts.writes().size() == 1 ? "Writes a file" : "Writes files", Tone.PLAIN, facts.writes(), ""));
        }
        mark(facts, Mark.FORCE_PUSH, "Overwrites what others pushed", Tone.HIGH, "", effects);
        mark(facts, Mark.PUBLISHES, "Publishes", Tone.HIGH, "for everybody to install", effects);
        mark(facts, Mark.PRIVILEGED, "Runs as another user", Tone.HIGH, "", effects);
    }

    private static void shape(Stage stage, List<Effect> effects) {
        var facts = stage.facts();
        mark(facts, Mark.COMPUTED_PROGRAM, "Runs a program whose name is computed", Tone.HIGH, "the text does not tell which", effects);
        mark(facts, Mark.HIDDEN_WORD, "Hides a word", Tone.HIGH, "its quoting serves nothing else", effects);
        if (facts.programs().stream().anyMatch(ENCODERS::contains)) {
            boolean back = stage.text().matches("(?s).*\\s(-d|-D|--decode|-r)(\\s.*|$)");
            effects.add(new Effect(back ? "Decodes" : "Encodes", Tone.PLAIN, List.of(), back ? "" : "a content filter sees nothing"));
        } else if (facts.programs().stream().anyMatch(PACKERS::contains)) {
            effects.add(new Effect("Packs", Tone.PLAIN, List.of(), ""));
        }
    }

    private static void mark(CommandFacts facts, Mark mark, String headline, Tone tone, String because, List<Effect> effects) {
        if (facts.marks().contains(mark)) {
            effects.add(new Effect(headline, tone, List.of(), because));
        }
    }
}
