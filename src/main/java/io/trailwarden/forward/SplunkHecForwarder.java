package io.trailwarden.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.Refused;
import io.trailwarden.forward.Delivery.RetryLater;
import io.trailwarden.forward.HttpPost.Posted;
import io.trailwarden.forward.Option.Takes;
import io.trailwarden.identity.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Posts to a Splunk HTTP Event Collector: JSON objects one after the other, compressed.
///
/// What Splunk answers counts by the code in its body, as a 200 may be a failure too. With `acknowledge` a batch counts as taken only
/// once Splunk says that it is indexed; Splunk says so once, so an answer that is lost on the way means sending it again.
///
/// @see <a href="https://help.splunk.com/en/splunk-enterprise/get-data-in/get-started-with-getting-data-in/get-data-with-http-event-collector/troubleshoot-http-event-collector">Splunk, error codes</a>
final class SplunkHecForwarder implements Forwarder {

    static final Option TOKEN = Option.required("token", new Takes.Secret(), "The collector's token");
    static final Option INDEX = Option.optional("index", new Takes.Text(), "", "Index to write to, one that the token allows; the token's own when not set");
    static final Option SOURCETYPE = Option.optional("sourcetype", new Takes.Text(), "trailwarden", "Source type; `:alert` or `:event` is appended");
    static final Option SOURCE = Option.optional("source", new Takes.Text(), "trailwarden", "Source");
    static final Option SENDER = Option.optional("sender", new Takes.Host(), "", "Host of the events; Splunk's own choice when not set");
    static final Option MAX_EVENT = Option.optional("max-event", new Takes.Number(2048, 900_000), "100000",
            "Most bytes of an event; texts of a longer one are cut, and say so. Splunk itself cuts at TRUNCATE of the source type");
    static final Option ACKNOWLEDGE = Option.optional("acknowledge", new Takes.Flag(), "false",
            "Whether to wait until Splunk has indexed a batch; the token must have indexer acknowledgement on");

    /// Splunk's usual limit of a request is 1 MB; events add nothing between them.
    static final Kind KIND = new Kind("splunk-hec", "Splunk HTTP Event Collector",
            "At least once, into Splunk's queue; into its index with `acknowledge`. `event.id` tells events apart that came twice",
            new Limits(1000, 1_000_000, 950_000, 0),
            List.of(CommonOptions.URL, TOKEN, INDEX, SOURCETYPE, SOURCE, SENDER, MAX_EVENT, ACKNOWLEDGE, CommonOptions.ALLOW_HTTP, CommonOptions.CA_FILE),
            SplunkHecForwarder::new);

    private static final String EVENTS = "/services/collector/event";
    private static final String ACKS = "/services/collector/ack?channel=";

    /// As Splunk's own forwarders have it: what is not indexed by then is sent again.
    private static final Duration UNRESOLVED = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpPost http;
    private final InstantSource clock;
    private final Secret token;
    private final Map<String, Value> envelope = new LinkedHashMap<>();
    private final String sourcetype;
    private final int largest;
    private final boolean acknowledge;
    private final Polling polling;
    private final String channel = UUID.randomUUID().toString();
    private @Nullable Unindexed unindexed;

    private SplunkHecForwarder(DestinationSettings settings, InstantSource clock) {
        this(settings, clock, new Polling(Duration.ofSeconds(1), 20));
    }

    SplunkHecForwarder(DestinationSettings settings, InstantSource clock, Polling polling) {
        this.clock = clock;
        this.polling = polling;
        this.token = settings.secret(TOKEN).orElseThrow(() -> settings.problem(TOKEN, "must be set"));
        if (!HttpPost.isHeader(token.reveal())) {
            throw settings.problem(TOKEN, "must be ASCII that can be printed, got another (not shown)");
        }
        this.sourcetype = settings.text(SOURCETYPE);
        this.largest = settings.number(MAX_EVENT);
        this.acknowledge = settings.flag(ACKNOWLEDGE);
        settings.optional(SENDER).ifPresent(name -> envelope.put("host", Value.of(name)));
        envelope.put("source", Value.of(settings.text(SOURCE)));
        settings.optional(INDEX).ifPresent(name -> envelope.put("index", Value.of(name)));
        this.http = new HttpPost(settings, clock);
    }

    /// How Splunk is asked whether it has indexed a batch.
    ///
    /// @param every time between two questions
    /// @param times most questions before the batch is put off
    record Polling(Duration every, int times) {
    }

    /// A batch that Splunk took and has not indexed yet, as far as we know.
    private record Unindexed(List<UUID> items, long ackId, Instant since) {
    }

    @Override
    public byte[] encode(Item item) {
        return Cut.toFit(largest, cut -> envelope(item) + "\"event\":" + EcsJson.write(item, cut) + '}');
    }

    /// The beginning of the object, up to its last key.
    private String envelope(Item item) {
        var entries = Attributes.builder();
        envelope.forEach(entries::put);
        entries.put("sourcetype", sourcetype + (item instanceof Item.OfAlert ? ":alert" : ":event"));
        var json = Json.write(entries.build());
        return "{\"time\":" + seconds(ItemTime.of(item)) + ',' + json.substring(1, json.length() - 1) + ',';
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
    }

    @Override
    public Delivery send(List<Message> batch, int attempt) {
        if (!acknowledge) {
            return judge(http.post(EVENTS, headers(), compressed(batch)), batch);
        }
        var ids = batch.stream().map(message -> message.item().id()).toList();
        var waiting = unindexed;
        if (waiting == null || !waiting.items().equals(ids) || !clock.instant().isBefore(waiting.since().plus(UNRESOLVED))) {
            var posted = http.post(EVENTS, headers(), compressed(batch));
            var delivery = judge(posted, batch);
            if (!(delivery instanceof Accepted) || !(posted instanceof Posted.Answered answered)) {
                return delivery;
            }
            if (!read(answered).path("ackId").canConvertToLong()) {
                return new Misconfigured(http.where() + " gives no acknowledgement; turn indexer acknowledgement on for the token, or acknowledge off");
            }
            waiting = new Unindexed(ids, read(answered).path("ackId").asLong(), clock.instant());
            unindexed = waiting;
        }
        return awaitIndexed(waiting);
    }

    private Delivery awaitIndexed(Unindexed batch) {
        var question = ("{\"acks\":[" + batch.ackId() + "]}").getBytes(StandardCharsets.UTF_8);
        for (int asked = 0; asked < polling.times(); asked++) {
            var posted = http.post(ACKS + channel, plainHeaders(), question);
            if (!(posted instanceof Posted.Answered answered) || answered.status() != 200) {
                return judge(posted, List.of());
            }
            var answer = read(answered).path("acks").path(Long.toString(batch.ackId()));
            if (answer.asBoolean()) {
                unindexed = null;
                return new Accepted();
            }
            if (!polled()) {
                break;
            }
        }
        return new RetryLater(http.where() + " has not indexed the batch yet");
    }

    private boolean polled() {
        try {
            Thread.sleep(polling.every());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<String, String> plainHeaders() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Splunk " + token.reveal());
        headers.put("Content-Type", "application/json");
        if (acknowledge) {
            headers.put("X-Splunk-Request-Channel", channel);
        }
        return headers;
    }

    private Map<String, String> headers() {
        var headers = plainHeaders();
        headers.put("Content-Encoding", "gzip");
        return headers;
    }

    private static byte[] compressed(List<Message> batch) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            for (var message : batch) {
                gzip.write(message.bytes());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private Delivery judge(Posted posted, List<Message> batch) {
        if (!(posted instanceof Posted.Answered answered)) {
            return http.usually(posted);
        }
        var body = read(answered);
        if (!body.path("code").canConvertToInt()) {
            return answered.status() == 200 ? new Misconfigured(http.where() + " answers 200, but not as a collector of Splunk does; is the URL right?")
                    : http.usually(posted);
        }
        return byCode(body.path("code").asInt(), answered, body, batch);
    }

    private Delivery byCode(int code, Posted.Answered answered, JsonNode body, List<Message> batch) {
        var why = http.where() + " answers code " + code + ", ";
        return switch (code) {
            case 0 -> answered.status() == 200 ? new Accepted() : http.usually(answered);
            case 1 -> new Misconfigured(why + "the token is disabled");
            case 2, 3 -> new Misconfigured(why + "no token reached it; does something on the way take the Authorization header?");
            case 4 -> new Misconfigured(why + "the token is not known");
            case 5 -> new Refused(why + "no data");
            case 6 -> new Refused(which(body, batch), why + "invalid data format");
            case 7 -> new Misconfigured(why + "the token does not allow the index");
            case 10, 11 -> new Misconfigured(why + "the token has indexer acknowledgement on; set acknowledge to true");
            case 12, 13 -> new Refused(which(body, batch), why + "an event is missing or blank");
            case 14 -> new Misconfigured(why + "the token has indexer acknowledgement off; turn it on there, or acknowledge off here");
            case 15 -> new Refused(which(body, batch), why + "indexed fields are not flat");
            case 16 -> new Misconfigured(why + "a token in the query is not allowed; url must have none");
            case 8 -> new RetryLater(answered.after(), why + "an internal error");
            case 9, 18, 19, 20 -> new RetryLater(answered.after(), why + "it is busy or not healthy");
            default -> code >= 23 || answered.status() == 200 ? new RetryLater(answered.after(), why + "which means to try again") : http.usually(answered);
        };
    }

    /// The event that Splunk names, if it is one of these.
    private static List<Integer> which(JsonNode body, List<Message> batch) {
        var number = body.path("invalid-event-number");
        return number.isInt() && number.asInt() >= 0 && number.asInt() < batch.size() ? List.of(number.asInt()) : List.of();
    }

    private static JsonNode read(Posted.Answered answered) {
        try {
            return JSON.readTree(answered.body());
        } catch (JsonProcessingException none) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
