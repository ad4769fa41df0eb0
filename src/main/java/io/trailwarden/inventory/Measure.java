package io.trailwarden.inventory;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What `activity` adds up, one column each, named as here in lower case.
enum Measure {
    RECORDS, PROMPTS, ASKED_ACCEPTED, ASKED_REFUSED, CONFIG_ACCEPTED, CONFIG_REFUSED, HOOK_ACCEPTED, HOOK_REFUSED, DONE, FAILED, WAITS,
    WAIT_MILLIS, REQUESTS, COST_MICROS, TOKENS_IN, TOKENS_OUT, TOKENS_CACHED;

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// All columns in their order, each as `form` writes it, with commas between.
    static String columns(Function<String, String> form) {
        return Arrays.stream(values()).map(Measure::column).map(form).collect(Collectors.joining(", "));
    }
}
