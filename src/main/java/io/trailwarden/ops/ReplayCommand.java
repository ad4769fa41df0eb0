package io.trailwarden.ops;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sends recorded OTLP requests again: `NNNN-<signal>.json|pb` with `NNNN-<signal>.headers` beside each.
@Command(name = "replay", description = "Send recorded OTLP requests to a running service.")
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "Folder of recorded requests; folders inside it are sent too.")
    private Path folder = Path.of(".");

    @Option(names = "--shift", description = "Move all times so that the latest record is now.")
    private boolean shift;

    @Option(names = "--endpoint", paramLabel = "URL", description = "OTLP over HTTP; default: that of DATA_DIR/first-run.json.")
    private @Nullable URI endpoint;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Ingest token; default: that of DATA_DIR/first-run.json.")
    private @Nullable String token;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var requests = RecordedRequest.under(folder);
        if (requests.isEmpty()) {
            throw new CannotStart("%s holds no recorded requests; expected files such as 0001-logs.json with 0001-logs.headers"
                    .formatted(folder.toAbsolutePath().normalize()));
        }
        if (shift) {
            requests = RecordedRequest.shiftedTo(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS), requests);
        }
        completeFromFirstRun();
        return report(requests.size(), send(requests));
    }

    private Map<Integer, Integer> send(List<RecordedRequest> requests) throws InterruptedException {
        var answers = new TreeMap<Integer, Integer>();
        for (var request : requests) {
            answers.merge(send(request), 1, Integer::sum);
        }
        return answers;
    }

    private int send(RecordedRequest request) throws InterruptedException {
        var message = HttpRequest.newBuilder(URI.create(withoutSlash(String.valueOf(endpoint)) + "/v1/" + request.signal()))
                .header("Authorization", "Bearer " + token).header("Content-Type", request.contentType())
                .timeout(Duration.ofSeconds(30)).POST(HttpRequest.BodyPublishers.ofByteArray(request.body())).build();
        try {
            return http.send(message, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notAnswered) {
            throw new CannotStart("no answer from %s for %s: %s".formatted(endpoint, request.file(), notAnswered), notAnswered);
        }
    }

    private static int report(int sent, Map<Integer, Integer> answers) {
        int accepted = answers.getOrDefault(200, 0);
        var refused = new ArrayList<String>();
        answers.forEach((status, count) -> {
            if (status != 200) {
                refused.add("%d answered %d".formatted(count, status));
            }
        });
        System.out.printf("%d of %d requests accepted%s%n", accepted, sent, refused.isEmpty() ? "" : "; " + String.join(", ", refused));
        return accepted == sent ? 0 : 1;
    }

    private void completeFromFirstRun() throws IOException {
        if (endpoint != null && token != null) {
            return;
        }
        var firstRun = FirstRunAccess.read(Settings.read().dataDir(), "--endpoint and --token");
        if (endpoint == null) {
            endpoint = firstRun.otlpHttp();
        }
        if (token == null) {
            token = firstRun.ingestToken().reveal();
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
