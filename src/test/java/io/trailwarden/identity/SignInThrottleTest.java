package io.trailwarden.identity;

import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private final SignInThrottle throttle = new SignInThrottle();

    @Test
    void aFewWrongPasswordsCostNothing() {
        fail("ana", "192.0.2.1", 5, NOON);

        assertThat(throttle.wait("ana", "192.0.2.1", NOON)).isZero();
    }

    @Test
    void eachFurtherOneCostsTwiceTheWaitUpToAQuarterOfAnHour() {
        fail("ana", "192.0.2.1", 6, NOON);
        assertThat(throttle.wait("ana", "192.0.2.1", NOON)).isEqualTo(Duration.ofSeconds(1));
        fail("ana", "192.0.2.1", 1, NOON);
        assertThat(throttle.wait("ana", "192.0.2.1", NOON)).isEqualTo(Duration.ofSeconds(2));

        fail("ana", "192.0.2.1", 100, NOON);

        assertThat(throttle.wait("ana", "192.0.2.1", NOON)).isEqualTo(Duration.ofMinutes(15));
        assertThat(throttle.wait("ana", "192.0.2.1", NOON.plusSeconds(15 * 60))).isZero();
    }

    @Test
    void nobodyIsLockedOutFromElsewhere() {
        fail("ana", "192.0.2.1", 100, NOON);

        assertThat(throttle.wait("ana", "192.0.2.2", NOON)).isZero();
    }

    @Test
    void guessingManyNamesFromOneAddressIsSlowedDownToo() {
        for (int i = 0; i < 21; i++) {
            fail("name" + i, "192.0.2.1", 1, NOON);
        }

        assertThat(throttle.wait("another", "192.0.2.1", NOON)).isPositive();
    }

    @Test
    void theRightPasswordForgetsTheWrongOnes() {
        fail("ana", "192.0.2.1", 10, NOON);

        throttle.succeeded("ana", "192.0.2.1");

        assertThat(throttle.wait("ana", "192.0.2.1", NOON)).isZero();
    }

    @Test
    void thoseThatComeAtOnceAreNotLookedAtTogether() {
        for (int i = 0; i < 6; i++) {
            assertThat(throttle.attempt("ana", "192.0.2.1", NOON)).isZero();
        }

        assertThat(throttle.attempt("ana", "192.0.2.1", NOON)).isEqualTo(Duration.ofSeconds(1));
        throttle.succeeded("ana", "192.0.2.1");
        assertThat(throttle.attempt("ana", "192.0.2.1", NOON)).isZero();
    }

    @Test
    void addressesOfOneNetworkOfIpv6AreOne() {
        fail("ana", "2001:db8:0:1::1", 10, NOON);

        assertThat(throttle.wait("ana", "2001:db8:0:1:ffff::2", NOON)).isPositive();
        assertThat(throttle.wait("ana", "2001:db8:0:2::1", NOON)).isZero();
        assertThat(throttle.wait("ana", "fe80::1%eth0", NOON)).isZero();
    }

    @Test
    void wrongPasswordsAreForgottenAfterHalfAnHour() {
        fail("ana", "192.0.2.1", 10, NOON);

        fail("ana", "192.0.2.1", 1, NOON.plusSeconds(31 * 60));

        assertThat(throttle.wait("ana", "192.0.2.1", NOON.plusSeconds(31 * 60))).isZero();
    }

    private void fail(String name, String address, int times, Instant now) {
        for (int i = 0; i < times; i++) {
            throttle.failed(name, address, now);
        }
    }
}
