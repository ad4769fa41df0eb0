package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NavigationTest {

    @Test
    void anOrdinaryNameCanBeReadInTheAddress() {
        assertThat(Navigation.person("jonas.weidner@example.com")).isEqualTo("people/jonas.weidner@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@example.com", "..", ".", "../../etc/passwd", "a/b", "a b", "a?b#c%2F", "~dGVzdA", "\u202e\u0000", "日本",
        "<script>alert(1)</script>", "a\\b", ";jsessionid=1"})
    void everyNameSurvivesTheAddressInOneSegment(String name) {
        var path = Navigation.person(name);

        assertThat(path).startsWith("people/").matches("people/[A-Za-z0-9@._+~-]+");
        assertThat(path.substring("people/".length())).isNotIn(".", "..");
        assertThat(Navigation.personOf(path.substring("people/".length()))).isEqualTo(name);
    }

    @Test
    void aTypedNameThatOnlyLooksEncodedIsTakenAsItIs() {
        assertThat(Navigation.personOf("~not base64!")).isEqualTo("~not base64!");
    }

    @Test
    void filtersAreInTheAddress() {
        assertThat(Navigation.trail("bo", null, null)).isEqualTo("people/bo");
        assertThat(Navigation.trail("bo", "s 1&x", "tool_decision")).isEqualTo("people/bo?session=s+1%26x&name=tool_decision");
    }
}
