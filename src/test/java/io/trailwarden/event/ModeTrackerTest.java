package io.trailwarden.event;

import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.ModeTracker.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModeTrackerTest {

    @Test
    void aSessionThatStartsInBypassIsSeenAtItsFirstDecision() {
        var steps = steps(event("user_prompt", 0), decision("Bash", "accept", 1).with("permission_mode", "bypassPermissions"));

        assertThat(steps.getLast()).isInstanceOfSatisfying(Step.Started.class,
                started -> assertThat(started.in()).isEqualTo("bypassPermissions"));
    }

    @Test
    void aModeThatChangesWithoutAnEventIsSilent() {
        var steps = steps(decision("Write", "accept", 0).with("permission_mode", "default"),
                decision("Bash", "accept", 9).with("permission_mode", "acceptEdits"));

        assertThat(steps.getLast()).isInstanceOfSatisfying(Step.Silent.class, silent -> {
            assertThat(silent.from()).isEqualTo("default");
            assertThat(silent.to()).isEqualTo("acceptEdits");
        });
    }

    @Test
    void anAnnouncedChangeIsNotReportedAgainByTheDecisionThatFollows() {
        var steps = steps(decision("Bash", "accept", 0).with("permission_mode", "default"),
                event("permission_mode_changed", 1).with("from_mode", "default").with("to_mode", "auto"),
                decision("Bash", "accept", 2).with("permission_mode", "auto"));

        assertThat(steps.get(1)).isInstanceOf(Step.Announced.class);
        assertThat(steps.get(2)).isInstanceOf(Step.Same.class);
    }

    @Test
    void aDecisionThatStillSaysTheModeItWasAskedInIsNoChange() {
        var steps = steps(decision("Bash", "accept", 0).with("permission_mode", "default").with("prompt.id", "p1"),
                event("permission_mode_changed", 1).with("from_mode", "default").with("to_mode", "auto").with("prompt.id", "p1"),
                decision("Bash", "accept", 2).with("permission_mode", "default").with("prompt.id", "p1"));

        assertThat(steps.getLast()).isInstanceOf(Step.Same.class);
        assertThat(steps.getLast().after().mode()).isEqualTo("auto");
    }

    @Test
    void theOldModeInALaterPromptIsASilentChangeBack() {
        var steps = steps(event("permission_mode_changed", 1).with("from_mode", "default").with("to_mode", "auto").with("prompt.id", "p1"),
                decision("Bash", "accept", 2).with("permission_mode", "default").with("prompt.id", "p2"));

        assertThat(steps.getLast()).isInstanceOf(Step.Silent.class);
    }

    private static List<Step> steps(Events.Builder... events) {
        var steps = new ArrayList<Step>();
        var tracker = ModeTracker.UNKNOWN;
        for (var event : events) {
            var step = tracker.observe(event.build());
            steps.add(step);
            tracker = step.after();
        }
        return steps;
    }
}
