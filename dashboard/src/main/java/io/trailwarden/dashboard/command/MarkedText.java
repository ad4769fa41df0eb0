package io.trailwarden.dashboard.command;

import io.trailwarden.dashboard.command.Effect.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a stage's text where something in it matters, so that the eye finds it.
final class MarkedText {

    private MarkedText() {
    }

    /// A stretch of text.
    ///
    /// @param tone null where nothing matters
    record Stretch(String text, @Nullable Tone tone) {
    }

    /// `text` in stretches that put together give it back; the first place of each name is one of its own.
    ///
    /// @param effects whose names are looked for, as whole words only: half a word would be hard to read
    static List<Stretch> of(String text, List<Effect> effects) {
        var stretches = new ArrayList<Stretch>(List.of(new Stretch(text, null)));
        for (var effect : effects) {
            if (effect.tone() != Tone.PLAIN) {
                effect.names().stream().limit(CommandPipeline.NAMES).forEach(name -> cut(stretches, name, effect.tone()));
            }
        }
        return stretches;
    }

    private static void cut(List<Stretch> stretches, String name, Tone tone) {
        for (int i = 0; i < stretches.size() && !name.isEmpty(); i++) {
            var stretch = stretches.get(i);
            int at = stretch.tone() == null ? wholeWord(stretch.text(), name) : -1;
            if (at >= 0) {
                var parts = List.of(new Stretch(stretch.text().substring(0, at), null), new Stretch(name, tone),
                        new Stretch(stretch.text().substring(at + name.length()), null));
                stretches.remove(i);
                stretches.addAll(i, parts.stream().filter(part -> !part.text().isEmpty()).toList());
                return;
            }
        }
    }

    private static int wholeWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (ends(text, at) && ends(text, at + word.length())) {
                return at;
            }
        }
        return -1;
    }

    /// Whether a word may begin or end at `at`.
    private static boolean ends(String text, int at) {
        return at == 0 || at == text.length() || !joins(text.charAt(at - 1)) || !joins(text.charAt(at));
    }

    private static boolean joins(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
