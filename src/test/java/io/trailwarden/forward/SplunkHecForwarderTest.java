package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.Hostile;
import io.trailwarden.event.Attributes;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.Refused;
import io.trailwarden.forward.Delivery.RetryLater;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplunkHecForwarderTest extends HttpForwarderContract {

    private final FakeHec hec = new FakeHec();

    @Override
    Kind kind() {
        return SplunkHecForwarder.KIND;
    }

    @Override
    FakeHec receiver() {
        return hec;
    }

    @Override
    Map<String, String> settings() {
        return Map.of("url", hec.url(), "token", SECRET, "index", FakeHec.INDEX, "allow-http", "true", "sender", "host.example");
    }

    @AfterEach
    void stop() {
        hec.close();
    }

    /// Every code that Splunk documents, with the status it comes with.
    @ParameterizedTest
    @CsvSource({"403,1,Misconfigured", "401,2,Misconfigured", "401,3,Misconfigured", "403,4,Misconfigured", "400,5,Refused", "400,6,Refused",
            "400,7,Misconfigured", "500,8,RetryLater", "503,9,RetryLater", "400,10,Misconfigured", "400,11,Misconfigured", "400,12,Refused", "400,13,Refused",
            "400,14,Misconfigured", "400,15,Refused", "400,16,Misconfigured", "200,17,RetryLater", "503,18,RetryLater", "503,19,RetryLater",
            "503,20,RetryLater", "503,23,RetryLater", "503,24,RetryLater", "503,25,RetryLater", "429,26,RetryLater", "503,27,RetryLater"})
    void everyCodeHasItsMeaning(int status, int code, String expected) {
        hec.answers(status, Map.of(), FakeHec.body(code, "as documented"));

        assertThat(sendOne().getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6, 8, 9, 17, 21, 22, 99})
    void aTwoHundredWithAnotherCodeIsNoSuccess(int code) {
        hec.answers(200, Map.of(), FakeHec.body(code, "as if"));

        assertThat(sendOne()).isNotInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Welcome</html>", "{}", "[]", "{\"code\":\"0\"}", "null"})
    void aTwoHundredOfSomethingElseIsNoSuccess(String body) {
        hec.answers(200, Map.of(), body);

        assertThat(sendOne()).isInstanceOfSatisfying(Misconfigured.class, said -> assertThat(said.why()).contains("is the URL right?"));
    }

    @Test
    void theEventThatSplunkNamesIsTheOneRefused() {
        hec.answers(400, Map.of(), FakeHec.invalid(12, 2));
        var forwarder = open();

        var delivery = forwarder.send(Items.encoded(forwarder, Items.alerts(5)), 1);

        assertThat(delivery).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.which()).containsExactly(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 1_000_000})
    void anEventThatIsNotThereIsNotRefused(int number) {
        hec.answers(400, Map.of(), FakeHec.invalid(6, number));
        var forwarder = open();

        var delivery = forwarder.send(Items.encoded(forwarder, Items.alerts(5)), 1);

        assertThat(delivery).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.which()).isEmpty());
    }

    @Test
    void aWrongTokenIsSaidWithoutIt() {
        var forwarder = open(Map.of("token", "another-" + SECRET));

        var delivery = forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1);

        assertThat(delivery).isEqualTo(new Misconfigured(hec.url() + " answers code 4, the token is not known"));
    }

    @Test
    void anIndexThatTheTokenDoesNotAllowPausesAndLosesNothing() {
        var forwarder = open(Map.of("index", "main"));

        assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1)).isInstanceOfSatisfying(Misconfigured.class,
                said -> assertThat(said.why()).contains("does not allow the index"));
    }

    @Test
    void theEnvelopeSaysWhenWhoAndWhat() throws Exception {
        var encoded = new ObjectMapper().readTree(open().encode(Items.closed(7)));

        assertThat(new String(open().encode(Items.closed(7)), StandardCharsets.UTF_8)).startsWith("{\"time\":1793620808.000,");
        assertThat(encoded.path("host").asText()).isEqualTo("host.example");
        assertThat(encoded.path("source").asText()).isEqualTo("trailwarden");
        assertThat(encoded.path("sourcetype").asText()).isEqualTo("trailwarden:alert");
        assertThat(encoded.path("index").asText()).isEqualTo("security");
        assertThat(encoded.at("/event/event/action").asText()).isEqualTo("alert.closed");
    }

    @Test
    void requestsAreCompressedAndTheTokenIsInNoUrl() throws Exception {
        deliver(open(), Items.alerts(3));

        var request = hec.requests().getFirst();
        assertThat(request.headers()).containsEntry("content-encoding", "gzip").containsEntry("authorization", "Splunk " + SECRET);
        assertThat(request.path()).isEqualTo("/services/collector/event");
        var body = new String(new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(body).contains("}}{\"time\":").doesNotContain("}},{").doesNotStartWith("[");
    }

    @Test
    void aBatchIsAtMostOneMegabyteBeforeCompression() {
        var large = Attributes.builder().put("command.text", "x".repeat(40_000)).build();
        var items = java.util.stream.IntStream.rangeClosed(1, 60).mapToObj(number -> Items.event(number, "user@example.com", large)).toList();

        deliver(open(), items);

        assertThat(hec.taken()).hasSize(60);
        assertThat(hec.requests()).hasSizeGreaterThan(2);
    }

    @Test
    void anEventIsNeverLargerThanWasSet() {
        for (var hostile : Hostile.all()) {
            var many = Attributes.builder();
            Hostile.attributes().stream().limit(20).forEach(name -> many.put(name, hostile.text()));
            for (int most : List.of(4096, 100_000)) {
                assertThat(open(Map.of("max-event", "" + most)).encode(Items.event(1, hostile.text(), many.build())).length).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void withAcknowledgementABatchCountsOnceItIsIndexed() {
        hec.acknowledges();
        var forwarder = acknowledging(new AtomicReference<>(Items.NOON));

        assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(2)), 1)).isEqualTo(new Accepted());

        assertThat(hec.received()).hasSize(2);
        assertThat(hec.requests()).extracting(request -> request.path().replaceFirst("channel=.*", "channel="))
                .containsExactly("/services/collector/event", "/services/collector/ack?channel=");
    }

    @Test
    void whatIsNotIndexedYetIsAskedForAgainAndNotSentAgain() {
        hec.acknowledges();
        hec.indexes(false);
        var forwarder = acknowledging(new AtomicReference<>(Items.NOON));
        var batch = Items.encoded(forwarder, Items.alerts(2));

        assertThat(forwarder.send(batch, 1)).isInstanceOf(RetryLater.class);
        assertThat(forwarder.send(batch, 2)).isInstanceOf(RetryLater.class);
        hec.indexes(true);
        assertThat(forwarder.send(batch, 3)).isEqualTo(new Accepted());

        assertThat(hec.received()).hasSize(2);
    }

    @Test
    void whatIsNotIndexedWithinFiveMinutesIsSentAgain() {
        hec.acknowledges();
        hec.indexes(false);
        var now = new AtomicReference<>(Items.NOON);
        var forwarder = acknowledging(now);
        var batch = Items.encoded(forwarder, Items.alerts(2));

        forwarder.send(batch, 1);
        now.set(Items.NOON.plus(Duration.ofMinutes(5)).minusMillis(1));
        forwarder.send(batch, 2);
        assertThat(hec.received()).hasSize(2);
        now.set(Items.NOON.plus(Duration.ofMinutes(5)));
        forwarder.send(batch, 3);

        assertThat(hec.received()).hasSize(4);
    }

    @Test
    void aSlashAtTheEndOfTheUrlDoesNoHarm() {
        deliver(open(Map.of("url", hec.url() + "/")), Items.alerts(1));

        assertThat(hec.requests().getFirst().path()).isEqualTo("/services/collector/event");
    }

    @Test
    void aTokenWithoutAcknowledgementIsSaid() {
        var forwarder = acknowledging(new AtomicReference<>(Items.NOON));

        assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1)).isInstanceOfSatisfying(Misconfigured.class,
                said -> assertThat(said.why()).contains("turn indexer acknowledgement on"));
    }

    @Test
    void aTokenThatWantsAChannelIsSaid() {
        hec.acknowledges();

        assertThat(sendOne()).isInstanceOfSatisfying(Misconfigured.class, said -> assertThat(said.why()).contains("set acknowledge to true"));
    }

    private Forwarder acknowledging(AtomicReference<Instant> now) {
        var values = new HashMap<>(settings());
        values.put("acknowledge", "true");
        return new SplunkHecForwarder(new DestinationSettings("ours", values), now::get, new SplunkHecForwarder.Polling(Duration.ofMillis(1), 3));
    }
}
