package io.trailwarden.dialect.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words behind a program's name, parted into options and operands the way `getopt_long` does.
///
/// @param options in order; the value is null when the option has none
/// @param operands in order
/// @param rest how many words were read until the first operand; where a wrapped command starts
record Arguments(List<Option> options, List<Value> operands, int rest) {

    /// @param name without dashes
    record Option(String name, @Nullable Value value) {
    }

    /// Which options of a program take a value.
    ///
    /// @param letters one-letter options with a value
    /// @param names long options with a value that may be the next word
    record Syntax(String letters, Set<String> names) {

        static final Syntax NONE = of("");

        static Syntax of(String letters, String... names) {
            return new Syntax(letters, Set.of(names));
        }
    }

    static Arguments read(List<Value> words, int from, Syntax syntax) {
        return new Reading(words, syntax, false).read(from);
    }

    /// Reads options up to the first operand, where another command starts.
    static Arguments leading(List<Value> words, int from, Syntax syntax) {
        return new Reading(words, syntax, true).read(from);
    }

    boolean has(String... names) {
        return options.stream().anyMatch(option -> List.of(names).contains(option.name()));
    }

    List<Value> values(String... names) {
        var found = new ArrayList<Value>();
        for (var option : options) {
            if (option.value() != null && List.of(names).contains(option.name())) {
                found.add(option.value());
            }
        }
        return found;
    }

    private static final class Reading {
        private final List<Value> words;
        private final Syntax syntax;
        private final boolean leadingOnly;
        private final List<Option> options = new ArrayList<>();
        private final List<Value> operands = new ArrayList<>();
        private int at;

        Reading(List<Value> words, Syntax syntax, boolean leadingOnly) {
            this.words = words;
            this.syntax = syntax;
            this.leadingOnly = leadingOnly;
        }

        Arguments read(int from) {
            int rest = words.size();
            boolean optionsEnded = false;
            for (at = from; at < words.size(); at++) {
                var word = words.get(at);
                var shape = word.shape();
                if (!optionsEnded && shape.equals("--")) {
                    optionsEnded = true;
                } else if (!optionsEnded && shape.startsWith("--")) {
                    longOption(word);
                } else if (!optionsEnded && shape.startsWith("-") && shape.length() > 1) {
                    letters(word);
                } else {
                    rest = Math.min(rest, at);
                    operands.add(word);
                    if (leadingOnly) {
                        break;
                    }
                }
            }
            return new Arguments(options, operands, rest);
        }

        private void longOption(Value word) {
            int equals = word.knownIndexOf('=');
            if (equals > 0) {
                options.add(new Option(full(word.text().substring(2, equals)), word.after(equals + 1)));
                return;
            }
            var name = full(word.text().substring(2));
            options.add(new Option(name, syntax.names().contains(name) ? following() : null));
        }

        /// The whole name of an abbreviated option; only abbreviations of four letters or more are looked up.
        private String full(String name) {
            if (name.length() < 4 || syntax.names().contains(name)) {
                return name;
            }
            var longer = syntax.names().stream().filter(known -> known.startsWith(name)).toList();
            return longer.size() == 1 && !name.equals("head") ? longer.getFirst() : name;
        }

        private void letters(Value word) {
            var shape = word.shape();
            if (syntax.names().contains(word.text().substring(1))) {
                options.add(new Option(word.text().substring(1), following()));
                return;
            }
            for (int i = 1; i < shape.length(); i++) {
                var letter = String.valueOf(shape.charAt(i));
                if (!syntax.letters().contains(letter)) {
                    options.add(new Option(letter, null));
                } else {
                    options.add(new Option(letter, i + 1 < shape.length() ? word.after(i + 1) : following()));
                    return;
                }
            }
        }

        private @Nullable Value following() {
            return at + 1 < words.size() ? words.get(++at) : null;
        }
    }
}
