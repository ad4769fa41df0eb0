package io.trailwarden.rules;

/// Stops the reading of one part of a rule; caught by the reader, which collects the problem and goes on elsewhere.
final class InvalidRule extends RuntimeException {

    private final transient YamlNode.Place place;

    InvalidRule(YamlNode at, String text) {
        this(at.place(), text);
    }

    InvalidRule(YamlNode.Place place, String text) {
        super(text, null, false, false);
        this.place = place;
    }

    Problem in(String file) {
        return new Problem(file, place.line(), place.column(), String.valueOf(getMessage()));
    }
}
