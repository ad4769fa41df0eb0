package io.trailwarden.ops;

import static io.trailwarden.ops.Setting.Kind.BOOLEAN;
import static io.trailwarden.ops.Setting.Kind.COUNT;
import static io.trailwarden.ops.Setting.Kind.DURATION;
import static io.trailwarden.ops.Setting.Kind.EMAIL_POLICY;
import static io.trailwarden.ops.Setting.Kind.PATH;
import static io.trailwarden.ops.Setting.Kind.SIZE;
import static io.trailwarden.ops.Setting.Kind.TEXT_POLICY;

import java.util.List;

/// The settings of the features, in the order of the path of a record. A test compares them with the features'
/// configuration mappings, both ways.
final class FeatureSettings {

    static final Setting RULES_DIRECTORY = new Setting("trailwarden.rules.directory", PATH, "",
            "A folder with rules of your own, beside the shipped ones; a file with the path of a shipped one replaces it");

    static final List<Setting> ALL = List.of(
            new Setting("trailwarden.otlp.max-body", SIZE, "16M", "Largest request body as it comes over the wire"),
            new Setting("trailwarden.otlp.max-inflated", SIZE, "64M", "Largest request body after inflation"),
            new Setting("trailwarden.otlp.max-ratio", COUNT, "100", "How many times larger than on the wire a body may become, after its first MiB"),
            new Setting("trailwarden.otlp.max-records", COUNT, "50000", "Most log records, spans and data points of one request"),
            new Setting("trailwarden.otlp.max-values", COUNT, "2000000", "Most attributes, array elements and the like of one request"),
            new Setting("trailwarden.otlp.max-memory", SIZE, "256M", "Bytes of bodies in memory at once; further requests wait"),
            new Setting("trailwarden.otlp.keep-unreadable-beginning", BOOLEAN, "false",
                    "Whether the first bytes of what could not be read are kept, redacted"),
            new Setting("trailwarden.otlp.stop-grace", DURATION, "10s", "How long requests under way may take when the program stops"),
            new Setting("trailwarden.otlp.http.patience", DURATION, "6s", "How long a request is held while the spool cannot take it"),
            new Setting("trailwarden.otlp.http.idle-timeout", DURATION, "120s", "A connection on which no request begins for this long is closed"),
            new Setting("trailwarden.otlp.http.body-timeout", DURATION, "30s", "The whole body of a request must be here within this time"),
            new Setting("trailwarden.otlp.grpc.patience", DURATION, "8s", "How long a call is held while the spool cannot take it"),
            new Setting("trailwarden.otlp.grpc.max-calls-per-connection", COUNT, "100", "Most calls under way on one connection"),
            new Setting("trailwarden.otlp.grpc.max-connection-age", DURATION, "10m", "A connection this old is asked to end"),
            new Setting("trailwarden.otlp.grpc.max-connection-idle", DURATION, "5m", "A connection without calls for this long is ended"),
            new Setting("trailwarden.redact.prompts", TEXT_POLICY, "mask", "Text of prompts and of what is put into the model's context"),
            new Setting("trailwarden.redact.responses", TEXT_POLICY, "mask", "Text of answers, and output and content that tools returned"),
            new Setting("trailwarden.redact.email", EMAIL_POLICY, "keep", "E-mail addresses of people"),
            new Setting("trailwarden.spool.quota", SIZE, "8G", "Most that the spool may take on disk; beyond it senders are held, then asked to come again"),
            new Setting("trailwarden.spool.segment-size", SIZE, "64M", "Size of one segment file"),
            new Setting("trailwarden.spool.max-delay", DURATION, "2ms", "Longest that requests wait for each other before they are synced together"),
            new Setting("trailwarden.spool.memory", SIZE, "16M", "Newest frames kept in memory for loading, as they are on disk"),
            new Setting("trailwarden.store.batch-records", COUNT, "5000", "Most records loaded in one transaction"),
            new Setting("trailwarden.store.gather", DURATION, "20ms", "Shortest time between two transactions"),
            new Setting("trailwarden.store.retry-shortest", DURATION, "100ms", "Shortest wait before an unreachable database is tried again"),
            new Setting("trailwarden.store.retry-longest", DURATION, "10s", "Longest wait before an unreachable database is tried again"),
            new Setting("trailwarden.store.patience", DURATION, "60s", "How long the database may stay silent before the connection is given up"),
            new Setting("trailwarden.store.remembered-origins", COUNT, "10000", "Most origins whose numbers are kept in memory"),
            new Setting("trailwarden.store.remembered-ids", COUNT, "200000", "Most ids of the latest records kept in memory"),
            new Setting("trailwarden.store.tail-records", COUNT, "20000", "Most records that can be followed from memory"),
            new Setting("trailwarden.store.tail-memory", SIZE, "32M", "Most memory for these records"),
            RULES_DIRECTORY,
            new Setting("trailwarden.rules.check-every", DURATION, "1s", "How often rule and policy files are looked at for changes"),
            new Setting("trailwarden.rules.batch-records", COUNT, "2000", "Most records evaluated between two commits"),
            new Setting("trailwarden.rules.snapshot-every", DURATION, "15s", "How often what rules remember is written down"),
            new Setting("trailwarden.rules.quiet", DURATION, "30s", "How long after a record nothing older is expected any more, while the trail stands still"),
            new Setting("trailwarden.rules.retry-shortest", DURATION, "200ms", "Shortest wait before an unreachable database is tried again"),
            new Setting("trailwarden.rules.retry-longest", DURATION, "5s", "Longest wait before an unreachable database is tried again"),
            new Setting("trailwarden.inventory.batch-records", COUNT, "5000", "Most records that the inventory counts in one transaction"),
            new Setting("trailwarden.inventory.gather", DURATION, "250ms", "Shortest time between two of these transactions"),
            new Setting("trailwarden.inventory.retry-shortest", DURATION, "200ms", "Shortest wait before an unreachable database is tried again"),
            new Setting("trailwarden.inventory.retry-longest", DURATION, "5s", "Longest wait before an unreachable database is tried again"));

    private FeatureSettings() {
    }
}
