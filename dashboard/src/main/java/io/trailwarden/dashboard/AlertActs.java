package io.trailwarden.dashboard;

import io.trailwarden.alert.Actor;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.alert.Triage.Outcome;
import io.trailwarden.identity.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// What a person does to alerts from a page: asks again whether they may, has it done in their name, and says what came
/// of it. Each method is for a listener of a request; it gives what was done.
public final class AlertActs {

    private final Triage triage;

    /// Acts on what `triage` looks after.
    public AlertActs(Triage triage) {
        this.triage = triage;
    }

    /// Why somebody who may not work on alerts sees no buttons for it.
    public static String whyNot() {
        return "Working on alerts takes the role " + String.join(" or ", Permission.TRIAGE.roles());
    }

    /// Whoever asks has seen them.
    public List<AlertKey> acknowledge(Collection<AlertKey> alerts) {
        return act("acknowledged", by -> triage.acknowledge(alerts, by, ""));
    }

    /// Whoever asks works on them from now on.
    public List<AlertKey> assignToMe(Collection<AlertKey> alerts) {
        return act("now yours", by -> triage.assign(alerts, by.name(), by));
    }

    /// `owner` works on them from now on.
    public List<AlertKey> assign(Collection<AlertKey> alerts, String owner) {
        return act("given to " + owner, by -> triage.assign(alerts, owner, by));
    }

    /// Nobody works on them any more.
    public List<AlertKey> unassign(Collection<AlertKey> alerts) {
        return act("given to nobody", by -> triage.unassign(alerts, by));
    }

    /// Adds a comment to each.
    public List<AlertKey> comment(Collection<AlertKey> alerts, String text) {
        return act("commented on", by -> triage.comment(alerts, by, text));
    }

    /// Ends them, and offers to undo it for a while.
    public List<AlertKey> close(Collection<AlertKey> alerts, CloseReason reason, String justification) {
        var outcomes = done(by -> triage.close(alerts, reason, justification, by));
        var closed = changed(outcomes);
        if (closed.isEmpty()) {
            tell("closed", outcomes);
        } else {
            Notice.say(words("closed", outcomes), () -> reopen(closed, "Closed by mistake, taken back at once"));
        }
        return closed;
    }

    /// Opens closed ones again.
    public List<AlertKey> reopen(Collection<AlertKey> alerts, String why) {
        return act("open again", by -> triage.reopen(alerts, why, by));
    }

    private List<AlertKey> act(String verb, Function<Actor, Map<AlertKey, Outcome>> act) {
        var outcomes = done(act);
        tell(verb, outcomes);
        return changed(outcomes);
    }

    private static Map<AlertKey, Outcome> done(Function<Actor, Map<AlertKey, Outcome>> act) {
        var who = Who.asks();
        who.must(Permission.TRIAGE);
        try {
            return act.apply(Actor.person(who.name()));
        } catch (AlertsUnavailable unavailable) {
            Notice.say("Nothing was changed: the database does not answer. Alerts are safe; try again in a moment.");
            return Map.of();
        } catch (IllegalArgumentException refused) {
            Notice.say("Nothing was changed: " + refused.getMessage() + ".");
            return Map.of();
        }
    }

    private static List<AlertKey> changed(Map<AlertKey, Outcome> outcomes) {
        return outcomes.entrySet().stream().filter(each -> each.getValue() instanceof Outcome.Done).map(Map.Entry::getKey).toList();
    }

    private static void tell(String verb, Map<AlertKey, Outcome> outcomes) {
        if (!outcomes.isEmpty()) {
            Notice.say(words(verb, outcomes));
        }
    }

    /// `3 closed, 1 was already closed by mara`.
    static String words(String verb, Map<AlertKey, Outcome> outcomes) {
        var parts = new ArrayList<String>();
        int done = changed(outcomes).size();
        if (done > 0) {
            parts.add(done + " " + verb);
        }
        var others = new LinkedHashMap<String, Integer>();
        outcomes.values().forEach(outcome -> {
            switch (outcome) {
                case Outcome.Done() -> {
                }
                case Outcome.NoSuchAlert() -> others.merge("gone", 1, Integer::sum);
                case Outcome.Unchanged unchanged -> others.merge(already(unchanged), 1, Integer::sum);
            }
        });
        others.forEach((what, count) -> parts.add(count + (count == 1 ? " was " : " were ") + what));
        return String.join(", ", parts);
    }

    private static String already(Outcome.Unchanged unchanged) {
        var by = Objects.requireNonNullElse(unchanged.by(), "somebody");
        if (unchanged.status() == Status.CLOSED) {
            return "already closed by " + by;
        }
        if (unchanged.owner() != null && unchanged.status() == Status.OPEN) {
            return "already with " + unchanged.owner();
        }
        return unchanged.status() == Status.ACKNOWLEDGED ? "already acknowledged by " + by : "as wanted already";
    }
}
