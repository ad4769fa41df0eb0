package io.trailwarden.rules;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.ModeTracker.Step;
import io.trailwarden.event.Signal;

/// The permission mode of each session, followed once for all detectors.
final class SessionModes {

    private static final int SESSIONS = 50_000;

    private final Stalest<ModeTracker> sessions;

    SessionModes(Stalest.Evictions evictions) {
        sessions = new Stalest<>(SESSIONS, evictions);
    }

    Step observe(AuditEvent event) {
        var session = event.session();
        if (session == null || event.signal() != Signal.LOG || event.statedMode() == null) {
            return new Step.Same(ModeTracker.UNKNOWN);
        }
        var key = event.person() + '\u0000' + session;
        var before = sessions.get(key);
        var step = (before == null ? ModeTracker.UNKNOWN : before).observe(event);
        sessions.put(key, step.after());
        return step;
    }

    void save(StateWriter out) {
        sessions.save(out, (writer, tracker) -> writer.text(tracker.mode()).text(tracker.from()).text(tracker.prompt()));
    }

    void restore(StateReader in) {
        sessions.restore(in, () -> new ModeTracker(in.textOrNull(), in.textOrNull(), in.textOrNull()));
    }
}
