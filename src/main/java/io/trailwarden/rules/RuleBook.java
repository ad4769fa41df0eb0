package io.trailwarden.rules;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules that run, as they are written: their text, the tests inside, and the lists that they name. Thread-safe.
@ApplicationScoped
public class RuleBook {

    private final RunningRules running;
    private final TestRecord.Reader reader;

    @Inject
    RuleBook(RunningRules running, TestRecord.Reader reader) {
        this.running = running;
        this.reader = reader;
    }

    /// The text of the file of the rule called `id`; empty when there is no such rule.
    public Optional<String> text(String id) {
        return running.find(id).flatMap(rule -> running.source().rules().stream()
                .filter(file -> file.path().equals(rule.file())).findFirst()).map(RuleFile::text);
    }

    /// Runs the tests inside the file of the rule called `id`, against the lists as they stand. Takes some ten milliseconds.
    ///
    /// @return in the order written; empty when there are none, or no such rule
    public List<RuleTests.Outcome> test(String id) {
        return running.find(id).map(rule -> RuleTests.of(running.source(), rule.file(), reader)).orElse(List.of());
    }

    /// Whether `text` is on the list called `list`, compared as rules do.
    public boolean listed(String list, String text) {
        return running.source().policy().has(list, text);
    }

    /// The oldest Claude Code that may still be in use, as policy has it; null when it names none.
    public @Nullable String oldestClient() {
        var named = running.source().policy().lists().getOrDefault("minimum_client_version", List.of());
        return named.isEmpty() ? null : named.getFirst();
    }

    /// Whether a client that calls itself `version` is older than that. What is no version is not.
    public boolean outdated(@Nullable String version) {
        var oldest = oldestClient();
        var least = oldest == null ? null : Version.parse(oldest);
        var theirs = version == null ? null : Version.parse(version);
        return least != null && theirs != null && theirs.compareTo(least) < 0;
    }

    /// Some of the people for whom the rule called `id` is blind, by the setting that their clients lack.
    public Map<String, List<String>> blindTo(String id) {
        var needs = running.find(id).map(RuleInfo::needs).orElse(List.of());
        var blind = new java.util.TreeMap<>(running.blindPeople());
        blind.keySet().retainAll(needs);
        blind.values().removeIf(List::isEmpty);
        return blind;
    }
}
