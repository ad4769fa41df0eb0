package io.trailwarden.rules;

import io.trailwarden.store.TrailUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps the rules that run equal to what they come from: the shipped files, a folder of one's own, the policy file, and
/// what was approved in the console. Told when to look; for one thread.
final class RuleWatch {

    private static final Logger LOG = Logger.getLogger(RuleWatch.class);

    private final List<RuleFile> packaged;
    private final @Nullable Path directory;
    private final Path policy;
    private final Duration every;
    private final Approved approved;
    private Policy filed = Policy.NONE;
    private @Nullable Map<String, List<String>> names;
    private TreeMap<String, String> stamps = new TreeMap<>();
    private Instant checked = Instant.EPOCH;

    /// @param packaged what ships with the program
    /// @param directory a folder of one's own, may be absent
    /// @param policy a file that replaces single lists, may not exist
    /// @param every how often the files are looked at
    /// @param approved what people approved besides
    RuleWatch(List<RuleFile> packaged, @Nullable Path directory, Path policy, Duration every, Approved approved) {
        this.approved = approved;
        this.packaged = List.copyOf(packaged);
        this.directory = directory;
        this.policy = policy;
        this.every = every;
    }

    /// The rules as the files are now. What was approved is added when it can be known; otherwise [#changed] adds it before
    /// anything is followed.
    RuleSet load() {
        try {
            names = approved.names();
        } catch (TrailUnavailable unknown) {
            LOG.warnf("What was approved is not known yet: reason=%s", unknown.getMessage());
        }
        return load(names == null ? Map.of() : names);
    }

    /// The lists of the files, as they were loaded last.
    Policy filed() {
        return filed;
    }

    private RuleSet load(Map<String, List<String>> added) {
        stamps = stamps();
        var files = new ArrayList<>(packaged);
        var problems = new ArrayList<Problem>();
        if (directory != null) {
            addDirectory(directory, files, problems);
        }
        if (Files.isRegularFile(policy)) {
            addPolicy(files, problems);
        }
        var source = RuleSource.of(files);
        filed = source.policy();
        var set = source.plus(added).load();
        problems.addAll(set.problems());
        var loaded = problems.size() == set.problems().size() ? set : set.withProblems(problems);
        LOG.infof("Rules loaded: rules=%d problems=%d", loaded.alerting().size(), loaded.problems().size());
        loaded.problems().forEach(problem -> LOG.warnf("Rule file left out: %s", problem));
        return loaded;
    }

    private static void addDirectory(Path directory, List<RuleFile> files, List<Problem> problems) {
        try {
            files.addAll(RuleFolder.read(directory, "rules/"));
        } catch (UncheckedIOException unreadable) {
            problems.add(new Problem(directory.toString(), 1, 1, "folder of trailwarden.rules.directory cannot be read: "
                    + unreadable.getMessage()));
        }
    }

    private void addPolicy(List<RuleFile> files, List<Problem> problems) {
        try {
            files.add(new RuleFile(policy.toString(), Files.readString(policy)));
        } catch (IOException unreadable) {
            problems.add(new Problem(policy.toString(), 1, 1, "policy file cannot be read: " + unreadable.getClass().getSimpleName()));
        }
    }

    /// The rules as they are now, when any file or approval changed since they were loaded; null otherwise, and while it is
    /// too early to look again.
    ///
    /// @throws TrailUnavailable when it cannot be known what is approved
    @Nullable RuleSet changed(Instant now) {
        if (names != null && checked.plus(every).isAfter(now)) {
            return null;
        }
        var current = approved.names();
        checked = now;
        if (current.equals(names) && stamps().equals(stamps)) {
            return null;
        }
        names = current;
        return load(current);
    }

    /// Time and size of each file.
    private TreeMap<String, String> stamps() {
        var found = new TreeMap<String, String>();
        stamp(policy, found);
        if (directory != null && Files.isDirectory(directory)) {
            try (var paths = Files.walk(directory)) {
                paths.filter(RuleFolder::isRule).forEach(path -> stamp(path, found));
            } catch (IOException | UncheckedIOException unreadable) {
                found.put(directory.toString(), "unreadable");
            }
        }
        return found;
    }

    private static void stamp(Path path, TreeMap<String, String> found) {
        try {
            found.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
        } catch (IOException gone) {
            found.remove(path.toString());
        }
    }
}
