package io.trailwarden.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One OTLP request that was recorded from a real client.
///
/// @param signal `logs`, `metrics` or `traces`
/// @param body as sent; not copied, nobody changes it
record RecordedRequest(Path file, String signal, String contentType, byte[] body) {

    private static final Pattern NAME = Pattern.compile("\\d+-(logs|metrics|traces)\\.(json|pb)");

    /// All requests under `folder`, folder by folder in the order of their names.
    static List<RecordedRequest> under(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CannotStart("%s is no folder".formatted(folder.toAbsolutePath().normalize()));
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).sorted().map(RecordedRequest::read).toList();
        }
    }

    private static RecordedRequest read(Path file) {
        var name = file.getFileName().toString();
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(name + " is not the name of a recorded request");
        }
        var headers = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".headers");
        try {
            return new RecordedRequest(file, parts.group(1), contentType(headers, parts.group(2)), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String contentType(Path headers, String extension) throws IOException {
        if (Files.exists(headers)) {
            for (var line : Files.readAllLines(headers, StandardCharsets.ISO_8859_1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return extension.equals("pb") ? "application/x-protobuf" : "application/json";
    }

    /// The same requests with every time moved by the same amount, so that the latest is `now`.
    static List<RecordedRequest> shiftedTo(Instant now, List<RecordedRequest> requests) {
        var latest = Instant.MIN;
        for (var request : requests) {
            var times = new RecordedTimes(request.body().clone(), request.signal(), request.contentType().contains("json"), Duration.ZERO);
            times.shift();
            latest = times.latest().isAfter(latest) ? times.latest() : latest;
        }
        if (latest.equals(Instant.MIN)) {
            return requests;
        }
        var by = Duration.between(latest, now);
        var shifted = new ArrayList<RecordedRequest>();
        for (var request : requests) {
            var times = new RecordedTimes(request.body().clone(), request.signal(), request.contentType().contains("json"), by);
            shifted.add(new RecordedRequest(request.file(), request.signal(), request.contentType(), times.shift()));
        }
        return shifted;
    }
}
