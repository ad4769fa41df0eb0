package io.trailwarden.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.identity.FirstRun;
import io.trailwarden.identity.FirstRun.Credentials;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jboss.logging.Logger;

/// Writes what a first run made to `DATA_DIR/first-run.json`, once, for the eyes of its owner only.
@ApplicationScoped
class FirstRunFile {

    private static final Logger LOG = Logger.getLogger(FirstRunFile.class);
    static final String NAME = "first-run.json";

    private final FirstRun firstRun;

    @Inject
    FirstRunFile(FirstRun firstRun) {
        this.firstRun = firstRun;
    }

    /// After tokens are loaded (10), before anybody could need one.
    void write(@Observes @Priority(1000) StartupEvent event) throws IOException {
        var settings = Settings.read();
        var file = settings.dataDir().resolve(NAME);
        var made = firstRun.prepare(Files.exists(file));
        if (made.isPresent()) {
            write(file, json(settings, made.get()));
            LOG.infof("First run: account=%s file=%s", made.get().user(), file);
        }
    }

    private static byte[] json(Settings settings, Credentials made) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        entries.put("console", StartupReport.url(settings, Settings.CONSOLE_PORT));
        entries.put("otlpHttp", StartupReport.url(settings, Settings.HTTP_PORT));
        entries.put("otlpGrpc", StartupReport.url(settings, Settings.GRPC_PORT));
        entries.put("user", made.user());
        entries.put("password", made.password().reveal());
        entries.put("ingestToken", made.ingestToken().reveal());
        entries.put("apiToken", made.apiToken().reveal());
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(entries);
    }

    /// Written aside, forced and moved into place: there is never half a file, and never one that others can read.
    private static void write(Path file, byte[] content) throws IOException {
        var aside = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(aside);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            var bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
