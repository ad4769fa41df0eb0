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
            return new Matcher.Found(pattern, new RegexLiterals(expression).necessary());
        } catch (PatternSyntaxException invalid) {
            throw new InvalidRule(at, "not a regular expression that is accepted: " + invalid.getDescription() + ": '"
                    + invalid.getPattern() + "'; see https://github.com/google/re2/wiki/Syntax");
        }
    }
}
