package io.trailwarden.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/// A Splunk HTTP Event Collector that takes nothing which the documentation does not allow, and answers with its codes.
class FakeHec extends FakeHttpDestination {

    static final String INDEX = "security";

    private static final int LARGEST = 1_000_000;
    private static final Set<String> KEYS = Set.of("time", "host", "source", "sourcetype", "index", "event", "fields");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile boolean acknowledges;
    private volatile boolean indexes = true;
    private volatile int told = -1;
    private volatile int ackId;

    /// Wants a channel, and says once that a batch is indexed.
    void acknowledges() {
        acknowledges = true;
    }

    /// Takes batches and never indexes them, until told otherwise.
    void indexes(boolean does) {
        indexes = does;
    }

    /// Every event of every request it took, one that came twice twice.
    List<String> received() {
        return List.copyOf(received);
    }

    @Override
    String usualBody(int status) {
        return switch (status) {
            case 200 -> body(0, "Success");
            case 400 -> body(6, "Invalid data format");
            case 401 -> body(3, "Invalid authorization");
            case 403 -> body(4, "Invalid token");
            case 500 -> body(8, "Internal server error");
            case 503 -> body(9, "Server is busy");
            default -> "";
        };
    }

    static String body(int code, String text) {
        return "{\"text\":\"%s\",\"code\":%d}".formatted(text, code);
    }

    @Override
    List<String> read(Request request) {
        authorize(request);
        if (request.path().startsWith("/services/collector/ack")) {
            throw new Rejection(200, acks(request));
        }
        if (!request.path().equals("/services/collector/event")) {
            throw new Rejection(404, "The requested URL was not found on this server.");
        }
        if (acknowledges && request.headers().get("x-splunk-request-channel") == null) {
            throw new Rejection(400, body(10, "Data channel is missing"));
        }
        var events = events(inflated(request));
        received.addAll(events);
        if (acknowledges) {
            throw new Rejection(200, "{\"text\":\"Success\",\"code\":0,\"ackId\":%d}".formatted(++ackId));
        }
        return events;
    }

    private static void authorize(Request request) {
        if (!request.method().equals("POST")) {
            throw new Rejection(405, "");
        }
        if (request.path().contains("token=")) {
            throw new Rejection(400, body(16, "Query string authorization is not enabled"));
        }
        var authorization = request.headers().get("authorization");
        if (authorization == null) {
            throw new Rejection(401, body(2, "Token is required"));
        }
        if (!authorization.startsWith("Splunk ")) {
            throw new Rejection(401, body(3, "Invalid authorization"));
        }
        if (!authorization.equals("Splunk " + ForwarderContract.SECRET)) {
            throw new Rejection(403, body(4, "Invalid token"));
        }
    }

    private String acks(Request request) {
        if (!acknowledges) {
            throw new Rejection(400, body(14, "ACK is disabled"));
        }
        try {
            int asked = JSON.readTree(request.body()).path("acks").path(0).asInt();
            boolean now = indexes && asked <= ackId && told < asked;
            if (now) {
                told = asked;
            }
            return "{\"acks\":{\"%d\":%s}}".formatted(asked, now);
        } catch (IOException broken) {
            throw new Rejection(400, body(6, "Invalid data format"));
        }
    }

    private static byte[] inflated(Request request) {
        try {
            var body = request.body();
            if ("gzip".equals(request.headers().get("content-encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readNBytes(LARGEST + 1);
            }
            if (body.length > LARGEST) {
                throw new Rejection(413, "");
            }
            if (body.length == 0) {
                throw new Rejection(400, body(5, "No data"));
            }
            return body;
        } catch (IOException broken) {
            throw new Rejection(400, body(6, "Invalid data format"));
        }
    }

    /// Objects one after the other, nothing between them.
    private static List<String> events(byte[] body) {
        var events = new ArrayList<String>();
        try (var parser = JSON.createParser(body); var objects = JSON.readValues(parser, JsonNode.class)) {
            while (objects.hasNextValue()) {
                var object = objects.nextValue();
                check(object, events.size());
                events.add(object.toString());
            }
        } catch (JsonProcessingException broken) {
            throw new Rejection(400, invalid(6, events.size()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return events;
    }

    private static void check(JsonNode object, int number) {
        if (!object.isObject()) {
            throw new Rejection(400, invalid(6, number));
        }
        object.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new Rejection(400, invalid(6, number));
            }
        });
        var time = object.path("time");
        if (!time.isMissingNode() && !time.asText().matches("\\d{1,11}\\.\\d{3}")) {
            throw new Rejection(400, invalid(6, number));
        }
        var event = object.path("event");
        if (event.isMissingNode() || event.isNull()) {
            throw new Rejection(400, invalid(12, number));
        }
        if (event.isTextual() && event.asText().isBlank()) {
            throw new Rejection(400, invalid(13, number));
        }
        object.path("fields").forEach(value -> {
            if (value.isContainerNode()) {
                throw new Rejection(400, invalid(15, number));
            }
        });
        if (object.has("index") && !object.path("index").asText().equals(INDEX)) {
            throw new Rejection(400, invalid(7, number));
        }
    }

    static String invalid(int code, int number) {
        return "{\"text\":\"no\",\"code\":%d,\"invalid-event-number\":%d}".formatted(code, number);
    }
}
