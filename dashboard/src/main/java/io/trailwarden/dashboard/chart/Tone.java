package io.trailwarden.dashboard.chart;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a shape means, which is what gives it its colour in either theme.
public enum Tone {

    /// Neither a severity nor a mode.
    SERIES,
    /// What [#SERIES] is compared with.
    OTHER,
    /// The one column that is spoken of, such as today.
    NOW,
    /// In order, in the blocks that count what is in force.
    FULL, PARTLY, WANTING,
    /// Severities.
    CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL,
    /// Permission modes, by how much runs with nobody asked.
    PLAN, DEFAULT, DONT_ASK, ACCEPT_EDITS, AUTO, BYPASS, NOT_TOLD,
    /// Nothing to see, only to point at.
    HOVER;

    /// The tone of a permission mode.
    ///
    /// @param wire the client's word; a word that we do not know is as good as none
    public static Tone ofMode(@Nullable String wire) {
        return switch (wire) {
            case "plan" -> PLAN;
            case "default" -> DEFAULT;
            case "dontAsk" -> DONT_ASK;
            case "acceptEdits" -> ACCEPT_EDITS;
            case "auto" -> AUTO;
            case "bypassPermissions" -> BYPASS;
            case null, default -> NOT_TOLD;
        };
    }

    /// Class of shapes in this tone.
    String style() {
        return "k-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
