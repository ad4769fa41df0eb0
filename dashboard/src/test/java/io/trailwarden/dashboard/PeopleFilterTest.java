package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.Fleet.Managed;
import io.trailwarden.store.Fleet.Order;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeopleFilterTest {

    @Test
    void whatIsSaidIsReadBack() {
        var filter = PeopleFilter.ALL.inMode("bypassPermissions").withClient("2.1.329").managed(Managed.NOT_AT_ALL).details(Details.PART)
                .seenWithin(Within.TWO_DAYS).quietFor(Within.DAY).atRisk(true).named("an%").ordered(Order.NAME);

        assertThat(PeopleFilter.of(read(filter.parameters()))).isEqualTo(filter);
        assertThat(PeopleFilter.of(read(Map.of()))).isEqualTo(PeopleFilter.ALL);
    }

    @Test
    void whatCannotBeUnderstoodIsNotSaid() {
        assertThat(PeopleFilter.of(read(Map.of("policy", "maybe", "seen", "9y", "order", "random", "text", "a".repeat(201), "mode", " "))))
                .isEqualTo(PeopleFilter.ALL);
    }

    @Test
    void anAddressIsNavigable() {
        assertThat(Navigation.people(PeopleFilter.ALL)).isEqualTo("people");
        assertThat(Navigation.people(PeopleFilter.ALL.inMode("a&b").seenWithin(Within.HOUR))).isEqualTo("people?mode=a%26b&seen=1h");
    }

    private static java.util.function.Function<String, Optional<String>> read(Map<String, String> said) {
        return name -> Optional.ofNullable(said.get(name));
    }
}
