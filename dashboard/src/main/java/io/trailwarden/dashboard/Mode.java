package io.trailwarden.dashboard;

import org.jspecify.annotations.Nullable;

/// A permission mode as the console draws it: grey where a person is asked, petrol by how much runs alone, crimson for
/// what asks nobody.
///
/// @param wire the client's word, such as `acceptEdits`; it is client text
/// @param swatch class of its colour
/// @param says what it lets run, in our words
record Mode(String wire, String swatch, String says) {

    private static final Mode UNKNOWN = new Mode("not told", "m-none", "no record has told the mode yet");

    /// The mode called `wire`; null when nothing told it.
    static Mode of(@Nullable String wire) {
        return switch (wire) {
            case null -> UNKNOWN;
            case "plan" -> new Mode(wire, "m-plan", "plans only, changes nothing");
            case "default" -> new Mode(wire, "m-default", "a person is asked");
            case "dontAsk" -> new Mode(wire, "m-dontask", "what is not allowed beforehand is refused unasked");
            case "acceptEdits" -> new Mode(wire, "m-edits", "edits run unasked");
            case "auto" -> new Mode(wire, "m-auto", "a classifier decides, a person rarely");
            case "bypassPermissions" -> new Mode(wire, "m-bypass", "nobody is asked");
            default -> new Mode(wire, "m-none", "a mode this version does not know");
        };
    }

    boolean told() {
        return this != UNKNOWN;
    }
}
