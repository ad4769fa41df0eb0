package io.trailwarden.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a command needs of [FirstRunFile] to speak to the service beside it.
///
/// @param otlpHttp base URL of OTLP over HTTP
/// @param ingestToken the first one
/// @param console base URL of console and REST
/// @param apiToken the first one
record FirstRunAccess(URI otlpHttp, Secret ingestToken, URI console, Secret apiToken) {

    /// Reads the file that a first run left in `dataDir`.
    ///
    /// @param otherwise the options that make the file unnecessary, for the message when it is not there
    static FirstRunAccess read(Path dataDir, String otherwise) throws IOException {
        var file = dataDir.resolve(FirstRunFile.NAME);
        if (Files.notExists(file)) {
            throw new CannotStart("%s does not exist; start the service first, or give %s".formatted(file, otherwise));
        }
        var entries = new ObjectMapper().readTree(file.toFile());
        return new FirstRunAccess(URI.create(entries.path("otlpHttp").asText()), new Secret(entries.path("ingestToken").asText()),
                URI.create(entries.path("console").asText()), new Secret(entries.path("apiToken").asText()));
    }
}
