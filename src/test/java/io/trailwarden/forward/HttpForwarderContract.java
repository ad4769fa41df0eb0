package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.RetryLater;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every destination over HTTP promises. Statuses mean here what they mean everywhere; a kind whose receiver says more
/// in its body tests that beside this.
abstract class HttpForwarderContract extends ForwarderContract {

    /// The fake, so that it can be told what to answer.
    @Override
    abstract FakeHttpDestination receiver();

    final Delivery sendOne() {
        var forwarder = open();
        return forwarder.send(Items.encoded(forwarder, List.of(Items.alert(1))), 1);
    }

    @ParameterizedTest
    @CsvSource({"200,Accepted", "302,Misconfigured", "307,Misconfigured", "401,Misconfigured", "403,Misconfigured", "404,Misconfigured",
            "408,RetryLater", "413,Refused", "429,RetryLater", "500,RetryLater", "502,RetryLater", "503,RetryLater", "504,RetryLater"})
    void statusDecidesWhetherToRetry(int status, String expected) {
        receiver().answers(status, Map.of("Location", "http://192.0.2.1/elsewhere"), receiver().usualBody(status));

        assertThat(sendOne().getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void retryAfterIsHonouredInSeconds() {
        receiver().answers(429, Map.of("Retry-After", "17"), receiver().usualBody(429));

        assertThat(sendOne()).isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(17)));
    }

    @Test
    void retryAfterIsHonouredAsADate() {
        receiver().answers(503, Map.of("Retry-After", "Mon, 02 Nov 2026 12:00:42 GMT"), receiver().usualBody(503));

        assertThat(sendOne()).isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.after()).isEqualTo(Duration.ofSeconds(42)));
    }

    @Test
    void aReceiverThatHangsUpIsTriedLater() {
        receiver().hangsUp();

        assertThat(sendOne()).isInstanceOf(RetryLater.class);
    }

    @Test
    void whatTheReceiverSaysIsNotRepeated() {
        receiver().answers(403, Map.of(), "you sent \u001b[31m" + SECRET);

        assertThat(sendOne()).isInstanceOf(Misconfigured.class).asString().doesNotContain(SECRET).doesNotContain("\u001b");
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        receiver().answers(500, Map.of(), "x".repeat(5_000_000));

        assertThat(sendOne()).isInstanceOf(RetryLater.class);
    }

    @Test
    void plainHttpMustBeAllowed() {
        assertThatThrownBy(() -> open(Map.of("allow-http", "false"))).isInstanceOf(Kind.Misconfiguration.class)
                .hasMessageStartingWith("trailwarden.forward.ours.url must be https, got http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "2852039166", "[::ffff:169.254.169.254]", "[fe80::1]"})
    void metadataServicesAreNotPostedTo(String address) {
        var forwarder = open(Map.of("url", "http://" + address + "/latest"));

        var delivery = forwarder.send(Items.encoded(forwarder, List.of(Items.alert(1))), 1);

        assertThat(delivery).isInstanceOfSatisfying(RetryLater.class, later -> assertThat(later.why()).contains("link-local"));
    }
}
