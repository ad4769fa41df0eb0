package io.trailwarden.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.interceptor.Interceptor;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Opens the spool at start-up, before the door, and closes it when every observer of the shutdown is done.
@ApplicationScoped
class SpoolProducer {

    /// Exit status when the disk failed: `EX_IOERR` of sysexits.
    private static final int DISK_FAILED = 74;

    /// Opens the spool before anything that appends or loads starts.
    void open(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started, Spool spool) {
        var fill = spool.fill();
        Logger.getLogger(Spool.class).debugf("Spool ready: waiting=%d", fill.records());
    }

    @Produces
    @ApplicationScoped
    Spool spool(SpoolConfig config, @ConfigProperty(name = "trailwarden.data-dir", defaultValue = "./data") Path dataDir, MeterRegistry registry) {
        var options = new SegmentSpool.Options(dataDir.resolve("spool"), config.quota().asLongValue(), config.segmentSize().asLongValue(),
                config.maxDelay(), config.memory().asLongValue());
        // No orderly shutdown: it would let more be answered by a process that no longer knows what is on its disk.
        return SegmentSpool.open(options, registry, () -> Runtime.getRuntime().halt(DISK_FAILED));
    }

    void close(@Disposes Spool spool) {
        spool.close();
    }
}
