package io.trailwarden.dashboard.forwarding;

import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the page opens with: how many destinations are well, and each that is not, the worst first.
///
/// @param configured at least one
record Summary(List<Standing> configured, Instant now) {

    /// Longer names are cut; three troubles are enough for one sentence.
    private static final int MOST_TROUBLES = 3;

    void sayIn(Sentence sentence) {
        var troubles = troubles();
        long well = configured.size() - troubles.size();
        boolean first = true;
        for (var trouble : troubles.subList(0, Math.min(MOST_TROUBLES, troubles.size()))) {
            sentence.say(first ? "" : ", ").stress(trouble);
            first = false;
        }
        if (troubles.size() > MOST_TROUBLES) {
            sentence.say(" and " + (troubles.size() - MOST_TROUBLES) + " more are not well");
        }
        if (well > 0) {
            sentence.say((first ? "" : "; ") + wellInWords(well, !first));
        }
    }

    private String wellInWords(long well, boolean others) {
        boolean sending = configured.stream().anyMatch(each -> each.state() instanceof State.Sending);
        var whose = others ? (well == 1 ? "the other one" : "the other " + well) : well == 1 ? "The destination" : well == 2 ? "Both destinations" : "All " + well + " destinations";
        return whose + (well == 1 ? " is " : " are ") + (sending ? "being sent what waits" : "up to date");
    }

    private List<String> troubles() {
        var troubles = new ArrayList<String>();
        for (var each : configured) {
            if (each.state() instanceof State.Misconfigured(var since, _, _)) {
                troubles.add(each.name() + " has been stopped for " + span(since) + " and needs somebody");
            }
        }
        for (var each : configured) {
            if (each.state() instanceof State.HeldBack(var since, _, _, _)) {
                troubles.add(each.name() + " has taken nothing for " + span(since));
            }
        }
        for (var each : configured) {
            if (each.state() instanceof State.Paused(var by, _)) {
                troubles.add(each.name() + " is paused by " + by);
            }
        }
        return troubles;
    }

    /// What is safe, when something is not well; empty otherwise.
    String explanation() {
        return troubles().isEmpty() ? "" : "Nothing is lost: what comes waits in the trail, and is sent in order once it can be.";
    }

    private String span(Instant since) {
        return Moments.span(Duration.between(since, now));
    }
}
