package io.trailwarden.rules;

import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Finding;
import io.trailwarden.store.StoredEvent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Runs the tests that rule files hold.
public final class RuleTests {

    private static final Set<String> KEYS = Set.of("name", "given", "events", "raises");
    private static final Set<String> RAISES_KEYS = Set.of("count", "severity", "attempt", "title", "rule");

    private final RuleSource source;
    private final TestRecord.Reader reader;
    private final Map<String, Set<String>> mentionsByFile = new HashMap<>();
    private final Map<String, String> fileByName = new HashMap<>();

    /// What became of one test.
    ///
    /// @param failure null when it passed
    public record Outcome(String file, String test, @Nullable String failure) {
    }

    /// All that was run.
    ///
    /// @param rules rules that raise alerts, by id
    /// @param problems what did not load, which fails the run
    public record Report(List<RuleInfo> rules, List<Problem> problems, List<Outcome> outcomes) {
        public Report {
            rules = List.copyOf(rules);
            problems = List.copyOf(problems);
            outcomes = List.copyOf(outcomes);
        }

        /// Whether everything loaded and every test passed.
        public boolean passed() {
            return problems.isEmpty() && outcomes.stream().allMatch(outcome -> outcome.failure() == null);
        }

        /// One line for each rule, the failures with their reasons, and a summary.
        public void print(PrintStream out) {
            problems.forEach(out::println);
            for (var rule : rules) {
                var own = outcomes.stream().filter(outcome -> outcome.file().equals(rule.file())).toList();
                long failed = own.stream().filter(outcome -> outcome.failure() != null).count();
                out.printf("%-6s %-45s %-13s %s%n", failed > 0 ? "FAILED" : own.isEmpty() ? "none" : "ok", rule.id(),
                        rule.severity().wireName(), own.size() + " tests");
            }
            outcomes.stream().filter(outcome -> outcome.failure() != null).forEach(outcome ->
                    out.println(outcome.file() + ": test '" + outcome.test() + "': " + outcome.failure()));
            out.printf("%d rules, %d tests, %d failed, %d problems%n", rules.size(), outcomes.size(),
                    outcomes.stream().filter(outcome -> outcome.failure() != null).count(), problems.size());
        }
    }

    private RuleTests(RuleSource source, TestRecord.Reader reader) {
        this.source = source;
        this.reader = reader;
    }

    /// Runs the tests of the shipped rules.
    public static Report shipped(TestRecord.Reader reader) {
        return new RuleTests(RuleSource.of(RuleFolder.packaged()), reader).run(_ -> true);
    }

    /// Runs the tests of the rules under `folder`, which may refer to shipped ones and use their lists.
    public static Report in(Path folder, TestRecord.Reader reader) {
        var label = folder + "/";
        var files = new ArrayList<>(RuleFolder.packaged());
        var own = RuleFolder.read(folder, label);
        var names = new HashSet<>(own.stream().map(file -> file.path().substring(label.length())).toList());
        files.removeIf(file -> names.contains(file.path().substring("rules/".length())) && !RuleFolder.isPolicy(file));
        files.addAll(own);
        return new RuleTests(RuleSource.of(files), reader).run(file -> file.startsWith(label));
    }

    /// Runs the tests of `files` alone.
    static Report of(List<RuleFile> files, TestRecord.Reader reader) {
        return new RuleTests(RuleSource.of(files), reader).run(_ -> true);
    }

    /// Runs the tests of the file at `path` as the rules of `source` stand.
    static List<Outcome> of(RuleSource source, String path, TestRecord.Reader reader) {
        return new RuleTests(source, reader).run(path::equals).outcomes();
    }

    private Report run(Predicate<String> isMeant) {
        var all = source.load();
        all.rules().forEach(rule -> {
            var document = rule.document();
            fileByName.put(document.name(), document.file());
            fileByName.put(document.sigmaId(), document.file());
            mentionsByFile.computeIfAbsent(document.file(), _ -> new HashSet<>())
                    .addAll(document.what().refersTo().stream().map(YamlNode.Scalar::text).toList());
        });
        var outcomes = new ArrayList<Outcome>();
        var broken = new HashSet<>(all.problems().stream().map(Problem::file).toList());
        for (var file : source.rules()) {
            if (isMeant.test(file.path()) && !broken.contains(file.path())) {
                outcomes.addAll(run(file));
            }
        }
        return new Report(all.alerting().stream().map(Rule::info).filter(info -> isMeant.test(info.file())).toList(),
                all.problems().stream().filter(problem -> isMeant.test(problem.file())).toList(), outcomes);
    }

    private List<Outcome> run(RuleFile file) {
        var outcomes = new ArrayList<Outcome>();
        var files = together(file);
        for (var document : RuleLoader.documents(file)) {
            var tests = document instanceof YamlNode.Fields fields ? fields.get("tests") : null;
            if (tests instanceof YamlNode.Items items) {
                items.values().forEach(test -> outcomes.add(run(file, files, test)));
            } else if (tests != null) {
                outcomes.add(new Outcome(file.path(), "tests", "tests must be a list, got " + tests.kindName()));
            }
        }
        return outcomes;
    }

    /// The file and those it refers to, over any number of steps.
    private List<RuleFile> together(RuleFile file) {
        var paths = new LinkedHashMap<String, Boolean>(Map.of(file.path(), true));
        var open = new ArrayList<>(List.of(file.path()));
        while (!open.isEmpty()) {
            for (var name : mentionsByFile.getOrDefault(open.removeLast(), Set.of())) {
                var target = fileByName.get(name);
                if (target != null && paths.put(target, true) == null) {
                    open.add(target);
                }
            }
        }
        return source.rules().stream().filter(one -> paths.containsKey(one.path())).toList();
    }

    private Outcome run(RuleFile file, List<RuleFile> files, YamlNode written) {
        var name = "?";
        try {
            if (!(written instanceof YamlNode.Fields test)) {
                throw new InvalidRule(written, "a test is a map, got " + written.kindName());
            }
            name = test.get("name") instanceof YamlNode.Scalar scalar ? scalar.text() : name;
            return new Outcome(file.path(), name, failure(file, files, test));
        } catch (InvalidRule invalid) {
            return new Outcome(file.path(), name, invalid.in(file.path()).toString());
        }
    }

    private @Nullable String failure(RuleFile file, List<RuleFile> files, YamlNode.Fields test) {
        for (var entry : test.entries()) {
            if (!KEYS.contains(entry.key().text())) {
                throw new InvalidRule(entry.key(), "unknown key '" + entry.key().text() + "' in a test; accepted are name, given, events, raises");
            }
        }
        if (!(test.get("events") instanceof YamlNode.Items events)) {
            throw new InvalidRule(test, "a test needs 'events', a list of maps");
        }
        var given = test.get("given") instanceof YamlNode.Fields lists ? Policy.of(lists) : Policy.NONE;
        var rules = RuleLoader.load(files, source.policy().with(given));
        if (!rules.problems().isEmpty()) {
            return rules.problems().getFirst().toString();
        }
        var raises = test.get("raises");
        if (raises == null) {
            throw new InvalidRule(test, "a test needs 'raises'");
        }
        return compare(raises, alerts(file, rules, new TestEvents(reader).read(events), raises));
    }

    /// The first finding of each alert, in order.
    private static List<Finding> alerts(RuleFile file, RuleSet rules, List<StoredEvent> events, YamlNode raises) {
        var own = new HashSet<>(rules.alerting().stream().filter(rule -> rule.document().file().equals(file.path())).map(Rule::id).toList());
        if (raises instanceof YamlNode.Fields fields && fields.get("rule") instanceof YamlNode.Scalar rule) {
            own.retainAll(Set.of(rule.text()));
        }
        var evaluator = new Evaluator(rules);
        var alerts = new LinkedHashMap<AlertKey, Finding>();
        for (var event : events) {
            evaluator.observe(event).forEach(finding -> alerts.putIfAbsent(finding.key(), finding));
        }
        var end = events.isEmpty() ? java.time.Instant.EPOCH : events.getLast().event().receivedAt().plus(Duration.ofDays(1));
        evaluator.tick(end).forEach(finding -> alerts.putIfAbsent(finding.key(), finding));
        return alerts.values().stream().filter(finding -> own.contains(finding.rule())).toList();
    }

    private static @Nullable String compare(YamlNode raises, List<Finding> alerts) {
        return switch (raises) {
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Kind.BOOL ->
                    scalar.truth() == !alerts.isEmpty() ? null : "expected " + (scalar.truth() ? "an alert" : "no alert") + ", got " + shown(alerts);
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Kind.INT ->
                    scalar.text().equals(Integer.toString(alerts.size())) ? null : "expected " + scalar.text() + " alerts, got " + shown(alerts);
            case YamlNode.Fields fields -> compare(fields, alerts);
            case YamlNode.Scalar _, YamlNode.Items _ ->
                    throw new InvalidRule(raises, "raises must be true, false, a number or a map, got " + raises.kindName());
        };
    }

    private static @Nullable String compare(YamlNode.Fields raises, List<Finding> alerts) {
        if (alerts.isEmpty() && !(raises.get("count") instanceof YamlNode.Scalar none && none.text().equals("0"))) {
            return "expected an alert, got none";
        }
        for (var entry : raises.entries()) {
            if (!(entry.value() instanceof YamlNode.Scalar wanted)) {
                throw new InvalidRule(entry.value(), entry.key().text() + " must be plain, got " + entry.value().kindName());
            }
            var got = switch (entry.key().text()) {
                case "count" -> Integer.toString(alerts.size());
                case "severity" -> alerts.getFirst().severity().wireName();
                case "attempt" -> Boolean.toString(alerts.getFirst().attempt());
                case "title" -> alerts.getFirst().title();
                case "rule" -> wanted.text();
                default -> throw new InvalidRule(entry.key(), "unknown key '" + entry.key().text() + "' in raises; accepted are "
                        + String.join(", ", RAISES_KEYS.stream().sorted().toList()));
            };
            if (!got.equals(wanted.text())) {
                return "expected " + entry.key().text() + " " + wanted.text() + ", got " + got + "; " + shown(alerts);
            }
        }
        return null;
    }

    private static String shown(List<Finding> alerts) {
        return alerts.isEmpty() ? "none" : alerts.stream().map(alert -> "'" + alert.title() + "' (" + alert.rule() + ", "
                + alert.severity().wireName() + ")").toList().toString();
    }
}
