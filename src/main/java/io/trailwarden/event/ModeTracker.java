package io.trailwarden.event;

import org.jspecify.annotations.Nullable;

/// Which permission mode a session is in, as far as its records tell: the effective mode.
///
/// The client announces some changes (`permission_mode_changed`) and makes others in silence, which only the next
/// `tool_decision.permission_mode` shows. A decision states the mode in which the question was asked, so a change
/// made while answering it is followed by a decision that still says the old mode: until a decision has said the new
/// one, or another prompt began, the old mode in a decision is no news.
///
/// Immutable: feed records in the order of the trail and keep what [#observe] returns.
///
/// @param mode the effective mode; null before anything told
/// @param from the mode that an announced change left, while decisions may still say it; otherwise null
/// @param prompt the prompt in which that change was announced
public record ModeTracker(@Nullable String mode, @Nullable String from, @Nullable String prompt) {

    /// A session of which nothing is known yet.
    public static final ModeTracker UNKNOWN = new ModeTracker(null, null, null);

    /// What one record did to the mode.
    public sealed interface Step {

        /// The session after the record.
        ModeTracker after();

        /// The record says nothing new about the mode.
        record Same(ModeTracker after) implements Step {
        }

        /// The first record that tells the mode; the client never announces the mode it starts in.
        record Started(String in, ModeTracker after) implements Step {
        }

        /// The client announced a change.
        ///
        /// @param trigger what made it, such as `shift_tab`; null when a program did
        record Announced(@Nullable String from, String to, @Nullable String trigger, ModeTracker after) implements Step {
        }

        /// The mode is another one than before and nothing announced it.
        record Silent(String from, String to, ModeTracker after) implements Step {
        }
    }

    /// What `event` tells. Records without a mode, and those of other sessions, must be told apart by the caller.
    public Step observe(AuditEvent event) {
        var to = event.seen().attributes().text("to_mode");
        if (to != null && event.name().equals("permission_mode_changed")) {
            return announced(event, to);
        }
        var stated = event.seen().attributes().text("permission_mode");
        return stated == null ? new Step.Same(this) : stated(event, stated);
    }

    private Step announced(AuditEvent event, String to) {
        var from = event.seen().attributes().text("from_mode");
        var after = new ModeTracker(to, from, event.prompt());
        return new Step.Announced(from == null ? mode : from, to, event.seen().attributes().text("trigger"), after);
    }

    private Step stated(AuditEvent event, String stated) {
        if (mode == null) {
            return new Step.Started(stated, new ModeTracker(stated, null, null));
        }
        if (stated.equals(mode)) {
            return new Step.Same(from == null ? this : new ModeTracker(mode, null, null));
        }
        if (stated.equals(from) && java.util.Objects.equals(event.prompt(), prompt)) {
            return new Step.Same(this);
        }
        return new Step.Silent(mode, stated, new ModeTracker(stated, null, null));
    }
}
