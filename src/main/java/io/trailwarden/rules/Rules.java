package io.trailwarden.rules;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people and other features may know about the rules that run. Thread-safe; facts are about a second old.
public interface Rules {

    /// Rules that raise alerts, by id.
    List<RuleInfo> loaded();

    /// The rule called `id`, whether it runs now.
    Optional<RuleInfo> find(String id);

    /// What is wrong with rule and policy files; the files concerned are left out.
    List<Problem> problems();

    /// How often each loaded rule matched since this process started, by id; 0 included.
    Map<String, Long> hits();

    /// Rules that failed while running, by id, with what happened; they go on with the next record.
    Map<String, String> failing();

    /// Rules that cannot see some people.
    List<BlindSpot> blindSpots();

    /// How far detection is.
    Progress progress();

    /// How far detection is in the trail.
    ///
    /// @param position last record that rules have seen, 0 for none
    /// @param behind records that they have not seen yet
    /// @param lag how long ago the last record was received, by our clock, when rules had seen it; zero before the first
    /// @param running false while the database does not answer, or before start
    record Progress(long position, long behind, Duration lag, boolean running) {
    }
}
