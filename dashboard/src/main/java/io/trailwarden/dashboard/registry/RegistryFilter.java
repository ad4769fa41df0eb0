package io.trailwarden.dashboard.registry;

import com.vaadin.flow.router.QueryParameters;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Navigation.Page;
import io.trailwarden.inventory.Inventory.Query;
import io.trailwarden.inventory.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one of these pages shows, as its address says it.
///
/// @param person who deals with it; null for anybody
/// @param text a part of the name; null for any
/// @param chosen the one whose details are open; null for none
record RegistryFilter(Show show, @Nullable String person, @Nullable String text, @Nullable UUID chosen) {

    /// How long something is new.
    static final Duration NEW = Duration.ofDays(7);

    private static final int LONGEST = 512;

    static final RegistryFilter ALL = new RegistryFilter(Show.ALL, null, null, null);

    /// Which of them. The name in lower case is what the address says.
    enum Show {
        ALL("All"),
        NEW("New this week"),
        UNAPPROVED("Approved by nobody"),
        APPROVED("Approved");

        private final String words;

        Show(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        @Nullable String wireName() {
            return this == ALL ? null : name().toLowerCase(Locale.ROOT);
        }
    }

    /// What an address asks for; what it says wrongly is as if it did not say it.
    static RegistryFilter of(QueryParameters parameters) {
        var show = parameters.getSingleParameter("show").flatMap(word ->
                Arrays.stream(Show.values()).filter(each -> word.equals(each.wireName())).findFirst()).orElse(Show.ALL);
        return new RegistryFilter(show, text(parameters, "person"), text(parameters, "text"),
                parameters.getSingleParameter("one").map(RegistryFilter::id).orElse(null));
    }

    private static @Nullable String text(QueryParameters parameters, String name) {
        return parameters.getSingleParameter(name).filter(said -> !said.isBlank() && said.length() <= LONGEST).orElse(null);
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    RegistryFilter with(Show other) {
        return new RegistryFilter(other, person, text, chosen);
    }

    RegistryFilter about(@Nullable String other) {
        return new RegistryFilter(show, other, text, chosen);
    }

    RegistryFilter saying(@Nullable String other) {
        return new RegistryFilter(show, person, other == null || other.isBlank() ? null : other.strip(), chosen);
    }

    RegistryFilter choosing(@Nullable UUID other) {
        return new RegistryFilter(show, person, text, other);
    }

    /// Whether the list is the same.
    boolean lists(RegistryFilter other) {
        return choosing(null).equals(other.choosing(null));
    }

    String address(Page page) {
        return Navigation.narrowed(page, "show", show.wireName(), "person", person, "text", text, "one", chosen == null ? null : chosen.toString());
    }

    Query query(Kind kind, Instant now) {
        return new Query(kind, show == Show.NEW ? now.minus(NEW) : null, switch (show) {
            case ALL, NEW -> null;
            case UNAPPROVED -> false;
            case APPROVED -> true;
        }, person, text);
    }
}
