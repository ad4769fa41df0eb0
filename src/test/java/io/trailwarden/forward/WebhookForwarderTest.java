package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookForwarderTest extends HttpForwarderContract {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeHttpDestination receiver = new FakeHttpDestination();

    @Override
    Kind kind() {
        return WebhookForwarder.KIND;
    }

    @Override
    FakeHttpDestination receiver() {
        return receiver;
    }

    @Override
    Map<String, String> settings() {
        return Map.of("url", receiver.url() + "/hook?key=in-the-url", "secret", SECRET, "allow-http", "true");
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void theReceiverCanCheckTheSignature() throws GeneralSecurityException {
        deliver(open(), List.of(Items.alert(1)));

        var request = receiver.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hook?key=in-the-url");
        assertThat(request.headers()).containsEntry("content-type", "application/json")
                .containsEntry("x-event-id", Items.alert(1).id().toString())
                .containsEntry("x-delivery-attempt", "1")
                .containsEntry("x-timestamp", "" + Items.NOON.getEpochSecond())
                .containsEntry("x-signature", signature(SECRET, request));
    }

    @Test
    void twoSecretsSignWhileTheyAreRotated() throws GeneralSecurityException {
        deliver(open(Map.of("next-secret", "another-secret-of-32-characters--")), List.of(Items.alert(1)));

        var request = receiver.requests().getFirst();
        assertThat(request.headers().get("x-signature"))
                .isEqualTo(signature(SECRET, request) + "," + signature("another-secret-of-32-characters--", request));
    }

    private static String signature(String secret, FakeHttpDestination.Request request) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signed = request.headers().get("x-timestamp") + "." + request.text();
        return "v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theAttemptIsTold() {
        var forwarder = open();

        forwarder.send(Items.encoded(forwarder, List.of(Items.alert(1))), 7);

        assertThat(receiver.requests().getFirst().headers()).containsEntry("x-delivery-attempt", "7");
    }

    @Test
    void theUrlInErrorsHasNoPath() {
        receiver.answers(500, Map.of(), "");

        assertThat(sendOne().toString()).contains(receiver.url()).doesNotContain("in-the-url").doesNotContain("hook");
    }

    @Test
    void anAlertIsThisJson() throws IOException {
        assertThat(json(Items.closed(1))).isEqualTo(JSON.readTree("""
                {"id": "%s", "type": "alert", "name": "alert.closed", "time": "2026-11-02T12:00:02Z", "known_at": "2026-11-02T12:00:02Z",
                 "severity": "high", "person": "user@example.com", "session": "s1", "position": 1, "version": 1,
                 "alert": {"key": "%s", "change": "closed", "status": "closed", "by": "analyst", "reason": "false_alarm", "note": "A test key",
                   "rule": "shell_secret_to_network", "rule_version": "v1", "title": "A secret file was read and sent to a host",
                   "attempt": false, "raised_at": "2026-11-02T12:00:02Z", "at": "2026-11-02T12:00:01Z", "last_seen": "2026-11-02T12:00:01Z",
                   "occurrences": 1, "evidence": [{"event": "%s", "time": "2026-11-02T12:00:01Z", "says": "reads .env"}]}}
                """.formatted(Items.closed(1).id(), Items.closed(1).alert().key(), Items.closed(1).alert().evidence().getFirst().event())));
    }

    @Test
    void aRecordIsThisJson() throws IOException {
        assertThat(json(Items.event(3))).isEqualTo(JSON.readTree("""
                {"id": "%s", "type": "event", "name": "tool_decision", "time": "2026-11-02T12:00:03Z", "known_at": "2026-11-02T12:00:05Z",
                 "severity": "informational", "person": "user@example.com", "session": "s1", "position": 3, "version": 1,
                 "event": {"signal": "log", "principal": "laptops", "mode": "default", "fields": {"tool_name": "Bash", "decision": "accept",
                   "source": "config", "command.programs": "curl", "event.sequence": 3}}}
                """.formatted(Items.event(3).id())));
    }

    private JsonNode json(Item item) throws IOException {
        return JSON.readTree(open().encode(item));
    }
}
