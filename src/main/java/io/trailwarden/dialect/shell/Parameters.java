package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Value.Origin;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameter expansions that cut and edit a known value.
final class Parameters {

    /// Variables that start with `/` everywhere; `${HOME:0:1}` is a way to write a slash.
    private static final Set<String> PATHS = Set.of("PATH", "HOME", "PWD", "SHELL");

    private Parameters() {
    }

    /// `${name:offset}` and `${name:offset:length}`.
    static Value substring(String name, @Nullable Value value, Value operand, Value raw) {
        var numbers = operand.text().strip().split(":", 2);
        if (!operand.known() || !numbers[0].strip().matches("-?\\d{1,6}") || (numbers.length > 1 && !numbers[1].strip().matches("\\d{1,6}"))) {
            return raw;
        }
        int offset = Integer.parseInt(numbers[0].strip());
        if (value == null) {
            boolean slash = PATHS.contains(name) && offset == 0 && numbers.length > 1 && numbers[1].strip().equals("1");
            return slash ? Value.literal("/") : raw;
        }
        if (!value.known()) {
            return raw;
        }
        int length = value.text().length();
        int from = Math.clamp(offset < 0 ? length + offset : offset, 0, length);
        int to = numbers.length > 1 ? Math.min(length, from + Integer.parseInt(numbers[1].strip())) : length;
        return known(value.text().substring(from, to), value.origin());
    }

    /// `value` edited by `operator`, for operands without wildcards; else `raw`.
    static Value edited(Value value, String operator, Value operand, Value raw) {
        var text = value.text();
        var pattern = operand.text();
        if (pattern.chars().anyMatch(c -> "*?[".indexOf(c) >= 0)) {
            return raw;
        }
        int slash = pattern.indexOf('/');
        var search = slash < 0 ? pattern : pattern.substring(0, slash);
        var replacement = slash < 0 ? "" : pattern.substring(slash + 1);
        return switch (operator) {
            case "^^" -> pattern.isEmpty() ? known(text.toUpperCase(Locale.ROOT), value.origin()) : raw;
            case ",," -> pattern.isEmpty() ? known(text.toLowerCase(Locale.ROOT), value.origin()) : raw;
            case "#", "##" -> known(text.startsWith(pattern) ? text.substring(pattern.length()) : text, value.origin());
            case "%", "%%" -> known(text.endsWith(pattern) ? text.substring(0, text.length() - pattern.length()) : text, value.origin());
            case "/" -> search.isEmpty() ? raw : known(replacedOnce(text, search, replacement), value.origin());
            case "//" -> search.isEmpty() || (long) text.length() * (replacement.length() + 1) > Budget.MAX_VALUE
                    ? raw : known(text.replace(search, replacement), value.origin());
            default -> raw;
        };
    }

    private static String replacedOnce(String text, String search, String replacement) {
        int at = text.indexOf(search);
        return at < 0 ? text : text.substring(0, at) + replacement + text.substring(at + search.length());
    }

    private static Value known(String text, Origin origin) {
        return new Value(text, text, origin);
    }
}
