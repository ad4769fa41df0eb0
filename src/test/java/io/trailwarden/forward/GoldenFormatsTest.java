package io.trailwarden.forward;

import io.trailwarden.Captures;
import io.trailwarden.DocumentCheck;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.otlp.Recordings;
import io.trailwarden.store.StoredEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a SIEM gets of an alert and of records that the real client sent, kept in a file so that a change of names is seen as a
/// change of that file: searches over there are built on them.
class GoldenFormatsTest {

    private static final List<String> RECORDS = List.of("tool_decision", "tool_result", "permission_mode_changed", "mcp_server_connection", "user_prompt",
            "api_request", "api_error", "hook_execution_complete", "managed_settings_resolved", "auth");

    @Test
    void whatIsSentIsTheReviewedText() {
        var page = new StringBuilder();
        add(page, "an alert is raised", Items.alert(1));
        add(page, "the alert is closed", Items.closed(1));
        for (var name : RECORDS) {
            Captures.all().stream().flatMap(capture -> Recordings.events(capture).stream()).filter(event -> event.name().equals(name)).findFirst()
                    .ifPresent(event -> add(page, name, item(event)));
        }

        DocumentCheck.assertDocument("src/test/resources/forward/formats.txt", page.toString());
    }

    private static Item item(AuditEvent event) {
        return ItemMaker.item(new StoredEvent(7, AuditEvent.of(event.seen(), event.time().plusSeconds(2)), "default"), false);
    }

    private static void add(StringBuilder page, String title, Item item) {
        try (var splunk = SplunkHecForwarder.KIND.opening().open(new DestinationSettings("ours", Map.of("url", "https://splunk.example:8088", "token", "t")),
                ForwarderContract.CLOCK);
                var syslog = SyslogForwarder.open(new DestinationSettings("ours", Map.of("host", "siem.example", "sender", "trailwarden.example", "transport", "udp")),
                        ForwarderContract.CLOCK)) {
            page.append("== ").append(title).append('\n');
            page.append("syslog: ").append(SyslogReading.of(syslog.encode(item)).parameters()).append('\n');
            page.append("json:   ").append(EcsJson.write(item, Cut.NONE)).append('\n');
            page.append("cef:    ").append(CefFormat.write(item, Cut.NONE)).append('\n');
            page.append("splunk: ").append(new String(splunk.encode(item), java.nio.charset.StandardCharsets.UTF_8).replaceFirst("\"event\":.*", "\"event\":(json)}"))
                    .append("\n\n");
        }
    }
}
