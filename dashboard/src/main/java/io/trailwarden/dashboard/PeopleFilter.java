package io.trailwarden.dashboard;

import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.Fleet.Managed;
import io.trailwarden.store.Fleet.Order;
import io.trailwarden.store.Fleet.PeopleQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which people the list shows, as its address says it. Every number of the console that counts people opens the list
/// behind it. Begin at [#ALL] and narrow.
///
/// @param mode the client's word for their permission mode
/// @param client a version, [#OLD] for those older than policy allows, or [#NOT_TOLD]
/// @param managed what their client said of managed settings
/// @param details whether their clients send the arguments of tool calls
/// @param seen seen within this time; null for ever
/// @param quiet not seen within this time; null for whether or not
/// @param atRisk only those whose score is not zero, highest first
/// @param text part of the name
public record PeopleFilter(@Nullable String mode, @Nullable String client, @Nullable Managed managed, @Nullable Details details,
        @Nullable Within seen, @Nullable Within quiet, boolean atRisk, @Nullable String text, Order order) {

    /// Clients that are older than policy allows.
    public static final String OLD = "old";

    /// Clients that never told their version.
    public static final String NOT_TOLD = "not-told";

    /// Everybody, last seen first.
    public static final PeopleFilter ALL = new PeopleFilter(null, null, null, null, null, null, false, null, Order.LAST_SEEN);

    private static final int LONGEST = 200;

    /// A time back from now, as the address says it.
    public enum Within {
        MINUTES("15min", "15 minutes", Duration.ofMinutes(15)),
        HOUR("1h", "an hour", Duration.ofHours(1)),
        DAY("1d", "a day", Duration.ofDays(1)),
        TWO_DAYS("2d", "two days", Duration.ofDays(2)),
        WEEK("7d", "a week", Duration.ofDays(7)),
        MONTH("30d", "30 days", Duration.ofDays(30));

        private final String wireName;
        private final String words;
        private final Duration length;

        Within(String wireName, String words, Duration length) {
            this.wireName = wireName;
            this.words = words;
            this.length = length;
        }

        /// `a week`.
        public String words() {
            return words;
        }

        /// How long it is.
        public Duration length() {
            return length;
        }

        private static Optional<Within> of(String wireName) {
            return Arrays.stream(values()).filter(within -> within.wireName.equals(wireName)).findFirst();
        }
    }

    /// In this mode.
    public PeopleFilter inMode(@Nullable String wanted) {
        return new PeopleFilter(wanted, client, managed, details, seen, quiet, atRisk, text, order);
    }

    /// With this version.
    public PeopleFilter withClient(@Nullable String wanted) {
        return new PeopleFilter(mode, wanted, managed, details, seen, quiet, atRisk, text, order);
    }

    /// With managed settings, without, or not told.
    public PeopleFilter managed(@Nullable Managed wanted) {
        return new PeopleFilter(mode, client, wanted, details, seen, quiet, atRisk, text, order);
    }

    /// Whose clients send details in full, in part or not at all.
    public PeopleFilter details(@Nullable Details wanted) {
        return new PeopleFilter(mode, client, managed, wanted, seen, quiet, atRisk, text, order);
    }

    /// Seen within this time.
    public PeopleFilter seenWithin(@Nullable Within wanted) {
        return new PeopleFilter(mode, client, managed, details, wanted, quiet, atRisk, text, order);
    }

    /// Not seen within this time.
    public PeopleFilter quietFor(@Nullable Within wanted) {
        return new PeopleFilter(mode, client, managed, details, seen, wanted, atRisk, text, order);
    }

    /// Those at risk, or everybody.
    public PeopleFilter atRisk(boolean only) {
        return new PeopleFilter(mode, client, managed, details, seen, quiet, only, text, order);
    }

    /// With this in the name.
    public PeopleFilter named(@Nullable String part) {
        return new PeopleFilter(mode, client, managed, details, seen, quiet, atRisk, part, order);
    }

    /// In this order.
    public PeopleFilter ordered(Order wanted) {
        return new PeopleFilter(mode, client, managed, details, seen, quiet, atRisk, text, wanted);
    }

    /// Whether it leaves nobody out.
    public boolean everybody() {
        return ordered(Order.LAST_SEEN).equals(ALL);
    }

    /// What it asks of the database.
    ///
    /// @param clients what [#client] stands for; null for any
    /// @param names to whom it is limited; null for nobody in particular
    public PeopleQuery query(Instant now, @Nullable Set<String> clients, @Nullable Set<String> names) {
        return new PeopleQuery(mode, clients, seen == null ? null : now.minus(seen.length()), quiet == null ? null : now.minus(quiet.length()),
                text, names, managed, details, order);
    }

    /// What the address says.
    public Map<String, String> parameters() {
        var said = new LinkedHashMap<String, String>();
        put(said, "mode", mode);
        put(said, "client", client);
        put(said, "policy", managed == null ? null : name(managed));
        put(said, "details", details == null ? null : name(details));
        put(said, "seen", seen == null ? null : seen.wireName);
        put(said, "quiet", quiet == null ? null : quiet.wireName);
        put(said, "risk", atRisk ? "any" : null);
        put(said, "text", text);
        put(said, "order", order == Order.LAST_SEEN ? null : name(order));
        return said;
    }

    private static void put(Map<String, String> said, String name, @Nullable String value) {
        if (value != null) {
            said.put(name, value);
        }
    }

    /// Reads an address; what it does not understand counts as not said.
    ///
    /// @param said the value of a parameter, if it was given
    public static PeopleFilter of(Function<String, Optional<String>> said) {
        return new PeopleFilter(text(said, "mode"), text(said, "client"), named(Managed.values(), said.apply("policy")),
                named(Details.values(), said.apply("details")), said.apply("seen").flatMap(Within::of).orElse(null),
                said.apply("quiet").flatMap(Within::of).orElse(null), said.apply("risk").filter("any"::equals).isPresent(), text(said, "text"),
                said.apply("order").filter(name(Order.NAME)::equals).map(_ -> Order.NAME).orElse(Order.LAST_SEEN));
    }

    private static @Nullable String text(Function<String, Optional<String>> said, String name) {
        return said.apply(name).filter(text -> !text.isBlank() && text.length() <= LONGEST).orElse(null);
    }

    private static <E extends Enum<E>> @Nullable E named(E[] values, Optional<String> text) {
        return text.flatMap(name -> Arrays.stream(values).filter(value -> name(value).equals(name)).findFirst()).orElse(null);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
