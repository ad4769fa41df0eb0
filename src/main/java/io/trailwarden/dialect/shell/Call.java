package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Arguments.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One simple command about to run.
///
/// @param name name of its program
/// @param words all its words, the program first
/// @param input what its standard input is connected to; null when nothing is
record Call(String name, List<Value> words, @Nullable Value input, Walk walk) {

    Facts facts() {
        return walk.facts;
    }

    Arguments arguments(Syntax syntax) {
        return Arguments.read(words, 1, syntax);
    }

    /// The text of the first operand, or empty.
    String word(int at) {
        return at < words.size() ? words.get(at).text() : "";
    }

    List<Value> from(int at) {
        return words.subList(Math.min(at, words.size()), words.size());
    }

    Value output() {
        return Value.passing(input);
    }
}
