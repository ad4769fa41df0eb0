package io.trailwarden.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Regular expressions of rules: linear in time, bounded in size, and skipped where a necessary text is missing.
final class Regexes {

    private static final int MAX_INSTRUCTIONS = 5_000;
    private static final int LONGEST = 4_096;

    private Regexes() {
    }

    static Matcher compile(String expression, int flags, YamlNode at) {
        if (expression.length() > LONGEST) {
            throw new InvalidRule(at, "regular expression must be at most " + LONGEST + " characters, got " + expression.length());
        }
        try {
            var pattern = Pattern.compile(expression, flags);
            if (pattern.programSize() > MAX_INSTRUCTIONS) {
                throw new InvalidRule(at, "regular expression must compile to at most " + MAX_INSTRUCTIONS + " instructions, got "
                        + pattern.programSize());
            }
            return new Matcher.Found(pattern, necessary(expression));
        } catch (PatternSyntaxException invalid) {
            throw new InvalidRule(at, "not a regular expression that is accepted: " + invalid.getDescription() + ": '"
                    + invalid.getPattern() + "'; see https://github.com/google/re2/wiki/Syntax");
        }
    }

    /// The longest text that everything found must hold, in lower case; empty when there is none that is easy to see.
    ///
    /// Looks at the outermost sequence only; groups and classes interrupt it, and an alternation there ends the search.
    static String necessary(String expression) {
        var longest = "";
        var run = new StringBuilder();
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '|') {
                return "";
            }
            if (c == '(' || c == '[') {
                longest = longer(longest, run);
                i = after(expression, i);
            } else if (c == '\\' && i + 1 < expression.length()) {
                char escaped = expression.charAt(i + 1);
                if (Character.isLetterOrDigit(escaped)) {
                    if (escaped == 'Q' || escaped == 'x' || escaped == 'p' || escaped == 'P' || Character.isDigit(escaped)) {
                        return longer(longest, run);
                    }
                    longest = longer(longest, run);
                } else {
                    run.append(escaped);
                }
                i += 2;
            } else if (c == '*' || c == '?' || c == '{') {
                if (!run.isEmpty()) {
                    run.setLength(run.length() - 1);
                }
                longest = longer(longest, run);
                i = c == '{' ? Math.max(expression.indexOf('}', i), i) + 1 : i + 1;
            } else if (c == '+' || c == '.' || c == '^' || c == '$') {
                longest = longer(longest, run);
                i++;
            } else {
                run.append(c);
                i++;
            }
        }
        return Row.fold(longer(longest, run));
    }

    private static String longer(String longest, StringBuilder run) {
        var text = run.toString();
        run.setLength(0);
        return text.length() > longest.length() ? text : longest;
    }

    /// The place after the group or class that begins at `open`.
    private static int after(String expression, int open) {
        if (expression.charAt(open) == '[') {
            return afterClass(expression, open);
        }
        int depth = 0;
        int i = open;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i += 2;
                continue;
            }
            if (c == '[') {
                i = afterClass(expression, i);
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i++;
            if (depth == 0) {
                return i;
            }
        }
        return expression.length();
    }

    private static int afterClass(String expression, int open) {
        int i = open + 1;
        if (i < expression.length() && expression.charAt(i) == '^') {
            i++;
        }
        if (i < expression.length() && expression.charAt(i) == ']') {
            i++;
        }
        while (i < expression.length() && expression.charAt(i) != ']') {
            i += expression.charAt(i) == '\\' ? 2 : expression.startsWith("[:", i) ? Math.max(2, expression.indexOf(":]", i) - i + 2) : 1;
        }
        return Math.min(i + 1, expression.length());
    }
}
