package io.trailwarden.redact;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the list of secrets; every mistake in it is told at once, and none is passed over.
final class SecretRules {

    private static final String SHIPPED = "/redact/secrets.yaml";

    private static final Set<String> KEYS = Set.of("id", "kind", "keywords", "pattern", "group", "find", "before", "after", "least",
            "boundary", "assigned", "entropy", "gate", "why");

    /// More would make one text of hostile length expensive: RE2 patterns cost their size a character at worst.
    private static final int LARGEST_PROGRAM = 5000;

    private final String source;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private SecretRules(String source) {
        this.source = source;
    }

    /// The rules that ship with the program.
    static List<SecretRule> shipped() {
        try (var in = SecretRules.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("secrets: " + SHIPPED + " is not in the program; build it again");
            }
            return read(in, SHIPPED);
        } catch (IOException e) {
            throw new UncheckedIOException("secrets: cannot read " + SHIPPED, e);
        }
    }

    /// The rules in `yaml`, in order.
    ///
    /// @param source name for messages
    /// @throws IllegalStateException naming every mistake
    static List<SecretRule> read(InputStream yaml, String source) {
        var reader = new SecretRules(source);
        var rules = reader.rules(reader.parse(yaml));
        if (!reader.problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", reader.problems));
        }
        return rules;
    }

    private @Nullable Object parse(InputStream yaml) {
        try {
            return new Load(LoadSettings.builder().setLabel(source).build()).loadFromInputStream(yaml);
        } catch (YamlEngineException e) {
            problems.add("%s: not YAML: %s".formatted(source, e.getMessage()));
            return List.of();
        }
    }

    private List<SecretRule> rules(@Nullable Object document) {
        var rules = new ArrayList<SecretRule>();
        if (!(document instanceof List<?> entries)) {
            problems.add(source + ": must be a list of secrets");
            return rules;
        }
        for (var entry : entries) {
            if (entry instanceof Map<?, ?> map) {
                var rule = rule(map);
                if (rule != null) {
                    rules.add(rule);
                }
            } else {
                problems.add("%s: an entry is no map: %s".formatted(source, entry));
            }
        }
        return rules;
    }

    private @Nullable SecretRule rule(Map<?, ?> map) {
        int before = problems.size();
        var id = text(map, "id", "?");
        if (!id.matches("[a-z0-9][a-z0-9-]{1,39}")) {
            problem(id, "id must be 2 to 40 of a-z, 0-9 and -", id);
        }
        if (!ids.add(id)) {
            problem(id, "id must be unique", id);
        }
        for (var key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                problem(id, "unknown key; known are " + KEYS.stream().sorted().toList(), key);
            }
        }
        if (text(map, "why", "").isBlank()) {
            problem(id, "why must say what this protects", "nothing");
        }
        var pattern = pattern(id, text(map, "pattern", ""));
        int group = group(id, map.get("group"), pattern);
        var gate = gate(id, text(map, "gate", "none"));
        var keywords = keywords(id, map.get("keywords"));
        if (pattern == null || problems.size() > before) {
            return null;
        }
        return new SecretRule(id, text(map, "kind", id), keywords, pattern, group, flag(map, "find"), number(id, map, "before", 0),
                number(id, map, "after", 512), number(id, map, "least", 0), flag(map, "boundary"), flag(map, "assigned"), entropy(map), gate);
    }

    private List<String> keywords(String id, @Nullable Object value) {
        var keywords = value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.<String>of();
        if (keywords.isEmpty()) {
            problem(id, "keywords must name at least one", value);
        }
        for (var keyword : keywords) {
            if (keyword.length() < 2 || !keyword.equals(keyword.toLowerCase(Locale.ROOT)) || keyword.chars().anyMatch(c -> c >= 128)) {
                problem(id, "a keyword must be at least 2 lower-case ASCII characters", keyword);
            }
        }
        return keywords;
    }

    private @Nullable Pattern pattern(String id, String text) {
        try {
            var pattern = Pattern.compile(text);
            if (text.isEmpty() || pattern.matches("")) {
                problem(id, "pattern must not match the empty text", text);
            }
            if (pattern.programSize() > LARGEST_PROGRAM) {
                problem(id, "pattern must have at most %d instructions".formatted(LARGEST_PROGRAM), pattern.programSize());
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            problem(id, "pattern is not RE2 (%s)".formatted(e.getMessage()), text);
            return null;
        }
    }

    private int group(String id, @Nullable Object value, @Nullable Pattern pattern) {
        if ("any".equals(value)) {
            return SecretRule.ANY_GROUP;
        }
        int group = value instanceof Integer number ? number : 0;
        int groups = pattern == null ? group : pattern.groupCount();
        if (group < 0 || group > groups || value != null && !(value instanceof Integer)) {
            problem(id, "group must be any, or 0 to " + groups, value);
        }
        return group;
    }

    private Gate gate(String id, String name) {
        for (var gate : Gate.values()) {
            if (gate.name().toLowerCase(Locale.ROOT).equals(name)) {
                return gate;
            }
        }
        problem(id, "gate must be one of " + List.of(Gate.values()).toString().toLowerCase(Locale.ROOT), name);
        return Gate.NONE;
    }

    private int number(String id, Map<?, ?> map, String key, int otherwise) {
        var value = map.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= 0 && number <= 1 << 16) {
            return number;
        }
        problem(id, key + " must be 0 to 65536", value);
        return otherwise;
    }

    private static boolean flag(Map<?, ?> map, String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    private static double entropy(Map<?, ?> map) {
        return map.get("entropy") instanceof Number number ? number.doubleValue() : 0;
    }

    private static String text(Map<?, ?> map, String key, String otherwise) {
        var value = map.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private void problem(String id, String what, @Nullable Object actual) {
        problems.add("%s: secret %s: %s, got %s".formatted(source, id, what, actual));
    }
}
