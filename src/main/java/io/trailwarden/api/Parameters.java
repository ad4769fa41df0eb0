package io.trailwarden.api;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.event.Signal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what was asked for; throws [BadParameter] when it cannot be.
final class Parameters {

    /// Items of a list when nobody says how many.
    static final String DEFAULT_LIMIT = "100";

    private static final int MOST = 1000;

    private Parameters() {
    }

    /// A whole number from 1 to 1000.
    static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Said below, for both.
        }
        throw new BadParameter("limit", text, "a whole number from 1 to " + MOST);
    }

    /// A moment such as `2026-11-02T12:00:00Z`; a `+` that a URL turned into a space is taken for what it was.
    static @Nullable Instant time(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException _) {
            throw new BadParameter(parameter, text, "a time in ISO 8601 with its offset, such as 2026-11-02T12:00:00Z");
        }
    }

    /// A UUID in its usual form.
    static UUID uuid(String parameter, String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // Said below, for both.
        }
        throw new BadParameter(parameter, text, "an id as lists give it, such as 123e4567-e89b-12d3-a456-426614174000");
    }

    /// Kinds of telemetry; none means all.
    static Set<Signal> signals(List<String> texts) {
        return texts.stream().map(text -> oneOf("signal", text, Arrays.asList(Signal.values()), Signal::wireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Where alerts are in their life; none means anywhere.
    static Set<Status> statuses(List<String> texts) {
        return texts.stream().map(text -> oneOf("status", text, Arrays.asList(Status.values()), Status::wireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// How much alerts matter; none means any.
    static Set<Severity> severities(List<String> texts) {
        return texts.stream().map(text -> oneOf("severity", text, Arrays.asList(Severity.values()), Severity::wireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// In which order alerts come.
    static Order order(String text) {
        return oneOf("order", text, Arrays.asList(Order.values()), order -> order.name().toLowerCase(Locale.ROOT));
    }

    /// `true` or `false`.
    static boolean flag(String parameter, String text) {
        return oneOf(parameter, text, List.of(true, false), String::valueOf);
    }

    /// Why an alert is closed.
    static CloseReason reason(@Nullable String text) {
        return oneOf("reason", text == null ? "" : text, Arrays.asList(CloseReason.values()), CloseReason::wireName);
    }

    /// Text that is written to an alert; how much of it [Triage] takes is said here, so that the answer can name it.
    static String words(String parameter, @Nullable String text, int least) {
        var words = text == null ? "" : text.strip();
        int length = words.codePointCount(0, words.length());
        if (length < least || length > Triage.MOST_WORDS) {
            throw new BadParameter(parameter, words, "a text of %d to %d characters".formatted(least, Triage.MOST_WORDS));
        }
        return words;
    }

    private static <T> T oneOf(String parameter, String text, Collection<T> choices, Function<T, String> wireName) {
        return choices.stream().filter(choice -> wireName.apply(choice).equals(text)).findFirst().orElseThrow(() ->
                new BadParameter(parameter, text, choices.stream().map(wireName).collect(Collectors.joining(" or "))));
    }

    /// What `list` gives for `cursor`, which only the list itself can read.
    static <T> T following(@Nullable String cursor, Supplier<T> list) {
        try {
            return list.get();
        } catch (IllegalArgumentException unreadable) {
            if (cursor == null) {
                throw unreadable;
            }
            throw new BadParameter("cursor", cursor, "the 'next' of the page before");
        }
    }
}
