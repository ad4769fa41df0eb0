package io.trailwarden.redact;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds secrets in one text and puts markers in their place.
///
/// A text is read once for keywords; only where one occurs are the patterns that it announces tried, within a window. So
/// text without keywords costs a table look-up a character, and hostile text stays linear.
final class SecretScanner {

    /// Told of each secret that was replaced.
    interface Found {

        void secret(String secret, String marker);
    }

    /// A place in a text that must not be kept. `rank` is the rule's place in its list: the lowest names the place.
    private record Span(int from, int to, int rank, String kind, String secret) {
    }

    /// Characters that tries at each announcement may look at together; beyond that one search through all of them keeps
    /// hostile text linear. Tries end early in honest text, where they cost a tenth.
    private static final int MOST_TRIED = 1 << 19;

    /// Characters behind a long token that a pattern may still ask for.
    private static final int BEHIND_TOKEN = 128;

    /// Replacing can bring new neighbours together, so a text is read again until nothing is found; two rounds are usual.
    private static final int MOST_ROUNDS = 8;

    /// What stands for a text that still changes after so many rounds, which no honest text does.
    private static final String HOPELESS = "unsettled";

    private static final String NAMED_PASSWORD = "password";
    private static final String NAMED_TOKEN = "token";

    private static final List<String> PASSWORD_NAMES = List.of("passw", "passphrase", "pwd");
    private static final List<String> TOKEN_NAMES = List.of("secret", "token", "api_key", "apikey", "api-key", "access_key",
            "accesskey", "access-key", "credential", "private_key", "auth_key", "authkey", "encryption_key", "signing_key");
    private static final List<String> HEADER_NAMES = List.of("authorization", "cookie", "private-token", "x-auth");

    private final List<SecretRule> rules;
    private final Marker marker;
    private final KeywordAutomaton automaton;
    /// Rules that each keyword announces, by keyword.
    private final int[][] announced;

    /// @param rules in order of precedence
    /// @param key of the correlation tags, or null for none
    SecretScanner(List<SecretRule> rules, byte @Nullable [] key) {
        this.rules = List.copyOf(rules);
        var kinds = new LinkedHashSet<>(List.of(HOPELESS, NAMED_PASSWORD, NAMED_TOKEN));
        var byKeyword = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < rules.size(); i++) {
            kinds.add(rules.get(i).kind());
            for (var keyword : new LinkedHashSet<>(rules.get(i).keywords())) {
                byKeyword.computeIfAbsent(keyword, _ -> new ArrayList<>()).add(i);
            }
        }
        Stream.of(PASSWORD_NAMES, TOKEN_NAMES, HEADER_NAMES).flatMap(List::stream)
                .forEach(name -> byKeyword.computeIfAbsent(name, _ -> new ArrayList<>()));
        marker = new Marker(kinds, key);
        automaton = new KeywordAutomaton(List.copyOf(byKeyword.keySet()));
        announced = byKeyword.values().stream().map(of -> of.stream().mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
    }

    Marker marker() {
        return marker;
    }

    /// Whether `text` can hold a secret at all, as it stands.
    boolean announces(String text) {
        return automaton.occursIn(text);
    }

    /// `text` without its secrets; itself when it has none.
    String redact(String text, Found found) {
        var current = text;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var spans = spans(current);
            if (spans.isEmpty()) {
                return current;
            }
            current = replace(current, spans, found);
        }
        return marker.of(HOPELESS, "");
    }

    /// `value` as the value of something called `name`: a marker when the name says secret and the value may be one.
    String redactNamed(String name, String value, Found found) {
        if (value.length() < 4 || name.length() > 128 || !automaton.occursIn(name)) {
            return value;
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (holds(lower, PASSWORD_NAMES)) {
            return judged(NAMED_PASSWORD, Gate.WORD, value, found);
        }
        if (holds(lower, HEADER_NAMES) && value.length() >= 8) {
            return judged(NAMED_TOKEN, Gate.PLACEHOLDER, value, found);
        }
        return holds(lower, TOKEN_NAMES) ? judged(NAMED_TOKEN, Gate.RANDOM, value, found) : value;
    }

    private String judged(String kind, Gate gate, String value, Found found) {
        if (!gate.accepts(value) || marker.touches(value, 0, value.length())) {
            return value;
        }
        var replacement = marker.of(kind, value);
        found.secret(value, replacement);
        return replacement;
    }

    private static boolean holds(String name, List<String> parts) {
        return parts.stream().anyMatch(name::contains);
    }

    private String replace(String text, List<Span> spans, Found found) {
        var out = new StringBuilder(text.length() + 32);
        int at = 0;
        for (var span : spans) {
            var replacement = marker.of(span.kind(), span.secret());
            found.secret(span.secret(), replacement);
            out.append(text, at, span.from()).append(replacement);
            at = span.to();
        }
        return out.append(text, at, text.length()).toString();
    }

    /// Places of secrets, from left to right, apart from each other.
    private List<Span> spans(String text) {
        var view = Unescaped.of(text);
        boolean escaped = view != null && automaton.occursIn(view.text());
        if (!escaped && !automaton.occursIn(text)) {
            return List.of();
        }
        var spans = new ArrayList<Span>();
        collect(text, spans);
        if (view != null && escaped) {
            var inView = new ArrayList<Span>();
            collect(view.text(), inView);
            inView.forEach(span -> spans.add(new Span(view.origin(span.from()), view.origin(span.to()), span.rank(), span.kind(),
                    span.secret())));
        }
        spans.removeIf(span -> marker.touches(text, span.from(), span.to()));
        return merged(spans);
    }

    /// Where places overlap, they become one, named by the rule that comes first.
    private static List<Span> merged(List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::from).thenComparingInt(Span::rank));
        var merged = new ArrayList<Span>();
        for (var span : spans) {
            if (!merged.isEmpty() && span.from() < merged.getLast().to()) {
                merged.add(union(merged.removeLast(), span));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static Span union(Span left, Span right) {
        var named = left.rank() <= right.rank() ? left : right;
        return new Span(left.from(), Math.max(left.to(), right.to()), named.rank(), named.kind(), named.secret());
    }

    private void collect(String text, List<Span> spans) {
        Map<Integer, IntList> hits = new LinkedHashMap<>();
        automaton.find(text, (keyword, begin) -> {
            for (int rule : announced[keyword]) {
                if (possible(rules.get(rule), text, begin)) {
                    hits.computeIfAbsent(rule, _ -> new IntList()).add(begin);
                }
            }
        });
        hits.forEach((rank, begins) -> match(rank, text, begins, spans));
    }

    /// What can be told of an announcement without trying the pattern.
    private static boolean possible(SecretRule rule, String text, int begin) {
        if (rule.boundary() && !rule.search() && !Boundary.before(text, begin)) {
            return false;
        }
        if (rule.assigned() && !Boundary.assigns(text, begin)) {
            return false;
        }
        int end = begin;
        while (end < text.length() && end - begin < rule.least() && Boundary.inToken(text.charAt(end))) {
            end++;
        }
        return end - begin >= rule.least();
    }

    private void match(int rank, String text, IntList begins, List<Span> spans) {
        var rule = rules.get(rank);
        int[] ends = ends(rule, text, begins);
        long together = 0;
        for (int i = 0; i < begins.size(); i++) {
            together += ends[i] - begins.get(i);
        }
        boolean anchored = !rule.search() && together <= MOST_TRIED;
        int done = 0;
        for (int i = 0; i < begins.size(); i++) {
            if (begins.get(i) < done) {
                continue;
            }
            int from = Math.max(done, begins.get(i) - rule.before());
            int to = ends[i];
            if (anchored) {
                done = Math.max(done, matchAt(rank, text, from, to, spans));
                continue;
            }
            while (i + 1 < begins.size() && begins.get(i + 1) - rule.before() <= to) {
                to = ends[++i];
            }
            done = Math.max(done, matchWithin(rank, text, from, to, spans));
        }
    }

    /// Where the window behind each announcement ends: not inside of a token, since its end may be what the pattern needs.
    private static int[] ends(SecretRule rule, String text, IntList begins) {
        int[] ends = new int[begins.size()];
        int token = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = Math.min(text.length(), begins.get(i) + rule.after());
            if (end >= token) {
                token = end;
                while (token < text.length() && Boundary.inToken(text.charAt(token))) {
                    token++;
                }
            }
            ends[i] = token > end ? Math.min(text.length(), token + BEHIND_TOKEN) : end;
        }
        return ends;
    }

    /// Tries the pattern at `from` only.
    ///
    /// @return where to go on
    private int matchAt(int rank, String text, int from, int to, List<Span> spans) {
        var matcher = rules.get(rank).pattern().matcher(text.substring(from, to));
        if (!matcher.lookingAt()) {
            return from;
        }
        if (from + matcher.end() == to && to < text.length()) {
            return matchAt(rank, text, from, Math.min(text.length(), from + 2 * (to - from)), spans);
        }
        return accept(rank, text, from, matcher, spans);
    }

    /// Searches from `from` on; what reaches `to` is followed beyond it.
    ///
    /// @return where to go on
    private int matchWithin(int rank, String text, int from, int to, List<Span> spans) {
        int base = from;
        int end = to;
        var matcher = rules.get(rank).pattern().matcher(text.substring(base, end));
        int done = base;
        while (matcher.find()) {
            if (base + matcher.end() == end && end < text.length()) {
                base += matcher.start();
                end = Math.min(text.length(), base + 2 * (end - base) + 64);
                matcher = rules.get(rank).pattern().matcher(text.substring(base, end));
                continue;
            }
            done = accept(rank, text, base, matcher, spans);
        }
        return done;
    }

    private int accept(int rank, String text, int base, Matcher matcher, List<Span> spans) {
        var rule = rules.get(rank);
        int group = rule.group() == SecretRule.ANY_GROUP ? firstGroup(matcher) : rule.group();
        int from = base + matcher.start(group);
        int to = base + matcher.end(group);
        var secret = text.substring(from, to);
        boolean whole = !rule.boundary() || Boundary.before(text, base + matcher.start());
        if (whole && !secret.isEmpty() && rule.accepts(secret)) {
            spans.add(new Span(from, to, rank, rule.kind(), secret));
        }
        return base + matcher.end();
    }

    private static int firstGroup(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                return group;
            }
        }
        return 0;
    }

    /// Whole numbers, growing.
    private static final class IntList {

        private int[] numbers = new int[4];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = java.util.Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int get(int index) {
            return numbers[index];
        }

        int size() {
            return size;
        }
    }
}
