package io.trailwarden.demo;

import java.time.Duration;

/// Who decided about a call, what, and after how long.
///
/// @param source as the client names it, such as `user_temporary`
/// @param took from the question to the answer; a few milliseconds where nobody was asked
record Answer(boolean accept, String source, Duration took) {

    static Answer unasked() {
        return new Answer(true, "config", Duration.ofMillis(6));
    }

    static Answer refusedBySettings() {
        return new Answer(false, "config", Duration.ofMillis(9));
    }

    static Answer blockedByHook() {
        return new Answer(false, "hook", Duration.ofMillis(38));
    }

    static Answer yes(long millis) {
        return new Answer(true, "user_temporary", Duration.ofMillis(millis));
    }

    static Answer always(long millis) {
        return new Answer(true, "user_permanent", Duration.ofMillis(millis));
    }

    static Answer no(long millis) {
        return new Answer(false, "user_reject", Duration.ofMillis(millis));
    }

    boolean byPerson() {
        return source.startsWith("user_");
    }
}
