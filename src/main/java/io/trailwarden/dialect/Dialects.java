package io.trailwarden.dialect;

import io.trailwarden.event.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Picks who reads a record: the first dialect that speaks its envelope, else [GenericDialect], which speaks all.
@ApplicationScoped
public class Dialects {

    private final List<Dialect> known = List.of(new ClaudeCodeDialect());
    private final Dialect anyone = new GenericDialect();

    /// Reads `record`, whoever sent it.
    ///
    /// @param principal who the door authenticated
    public Observation read(Envelope envelope, OtlpRecord record, String principal) {
        return of(envelope).read(envelope, record, principal);
    }

    /// The dialect of what comes under `envelope`.
    public Dialect of(Envelope envelope) {
        for (var dialect : known) {
            if (dialect.speaks(envelope)) {
                return dialect;
            }
        }
        return anyone;
    }
}
