package io.trailwarden.bench;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.trailwarden.database.EmbeddedPostgres;
import io.trailwarden.database.EmbeddedPostgres.Options;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Value;
import io.trailwarden.store.TrailUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// How fast the loader fills the trail, beside PostgreSQL taking the very same rows into the same tables by binary COPY
/// and nothing else. Rounds alternate on one machine in one run, fsync on; compare ratios.
///
/// The spool is in memory and full from the start, so this measures the loader and the database alone.
public final class IngestBenchmark {

    private static final int ROWS_A_COPY = 5000;

    private final Fleet fleet = new Fleet();
    private final Dialects dialects = new Dialects();
    private final TrailUnderTest trail;
    private final Connection database;

    private IngestBenchmark(TrailUnderTest trail, Connection database) throws IOException {
        this.trail = trail;
        this.database = database;
    }

    /// @param arguments records in a round, default 100000; number of rounds, default 5
    public static void main(String... arguments) throws Exception {
        int records = arguments.length < 1 ? 100_000 : Integer.parseInt(arguments[0]);
        int rounds = arguments.length < 2 ? 5 : Integer.parseInt(arguments[1]);
        try (var postgres = EmbeddedPostgres.start(Options.in(Files.createTempDirectory("trailwarden-ingest")))) {
            var source = new PGSimpleDataSource();
            source.setURL(postgres.jdbcUrl());
            source.setUser(postgres.user());
            source.setPassword(postgres.password());
            Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
            try (var trail = new TrailUnderTest(source, Map.of()); var database = source.getConnection()) {
                var benchmark = new IngestBenchmark(trail, database);
                benchmark.round(records, 100);
                for (int size : new int[] {100, 5}) {
                    benchmark.measure(records, size, rounds);
                }
            }
        }
    }

    private void measure(int records, int size, int rounds) throws Exception {
        var loaded = new double[rounds];
        var copied = new double[rounds];
        var ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            var round = round(records, size);
            loaded[i] = records / round.loadSeconds();
            copied[i] = records / round.copySeconds();
            ratios[i] = loaded[i] / copied[i];
            System.out.printf(Locale.ROOT, "%4d a frame: loader %,8.0f/s  raw copy %,8.0f/s  ratio %.2f  %.0f bytes a record with indexes%n", size,
                    loaded[i], copied[i], ratios[i], round.bytes() / (double) records);
        }
        System.out.printf(Locale.ROOT, "%4d a frame, medians of %d rounds of %d: loader %,.0f/s  raw copy %,.0f/s  ratio %.2f%n", size, rounds, records,
                median(loaded), median(copied), median(ratios));
    }

    private record Round(double loadSeconds, double copySeconds, long bytes) {
    }

    private Round round(int records, int size) throws Exception {
        var frames = frames(records / size, size);
        empty();
        long began = System.nanoTime();
        frames.forEach(trail::take);
        trail.settle();
        double load = seconds(began);
        var rows = rows();
        long bytes = size();
        empty();
        began = System.nanoTime();
        for (var copy : rows) {
            copy(copy);
        }
        return new Round(load, seconds(began), bytes);
    }

    private List<List<AuditEvent>> frames(int count, int size) throws IOException {
        var frames = new ArrayList<List<AuditEvent>>(count);
        for (byte[] request : fleet.requests(count, size)) {
            frames.add(frame(ExportLogsServiceRequest.parseFrom(request)));
        }
        return frames;
    }

    private List<AuditEvent> frame(ExportLogsServiceRequest request) {
        var resource = request.getResourceLogs(0);
        var scope = resource.getScopeLogs(0);
        var envelope = new Envelope(attributes(resource.getResource().getAttributesList()), "", scope.getScope().getName(), scope.getScope().getVersion(),
                Attributes.NONE);
        var now = Instant.now();
        return scope.getLogRecordsList().stream().map(record -> AuditEvent.of(dialects.read(envelope, log(record), "bench"), now)).toList();
    }

    private static OtlpRecord log(LogRecord record) {
        return new OtlpRecord.Log(record.getTimeUnixNano(), record.getObservedTimeUnixNano(), record.getSeverityNumberValue(), record.getSeverityText(),
                value(record.getBody()), attributes(record.getAttributesList()), "", "", "", record.getFlags());
    }

    private static Attributes attributes(List<KeyValue> sent) {
        var attributes = Attributes.builder();
        sent.forEach(attribute -> attributes.put(attribute.getKey(), value(attribute.getValue())));
        return attributes.build();
    }

    private static Value value(AnyValue sent) {
        return switch (sent.getValueCase()) {
            case STRING_VALUE -> Value.of(sent.getStringValue());
            case BOOL_VALUE -> Value.of(sent.getBoolValue());
            case INT_VALUE -> Value.of(sent.getIntValue());
            case DOUBLE_VALUE -> Value.of(sent.getDoubleValue());
            case ARRAY_VALUE -> new Value.Array(sent.getArrayValue().getValuesList().stream().map(IngestBenchmark::value).toList());
            case KVLIST_VALUE -> new Value.KeyValues(attributes(sent.getKvlistValue().getValuesList()));
            case BYTES_VALUE -> Value.Binary.of(sent.getBytesValue().toByteArray());
            case VALUE_NOT_SET, STRING_VALUE_STRINDEX -> Value.EMPTY;
        };
    }

    /// One COPY's worth of rows of one partition.
    private record Copy(String table, byte[] rows) {
    }

    /// The rows that the loader wrote, as binary COPY takes them, 5,000 at a time.
    private List<Copy> rows() throws SQLException, IOException {
        var copies = new ArrayList<Copy>();
        for (var table : trail.column("select inhrelid::regclass from pg_inherits where inhparent = 'event'::regclass order by 1")) {
            var out = new ByteArrayOutputStream();
            database.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (select * from " + table + " order by position) to stdout (format binary)", out);
            cut(table, ByteBuffer.wrap(out.toByteArray()), copies);
        }
        return copies;
    }

    private static void cut(String table, ByteBuffer all, List<Copy> copies) {
        var header = Arrays.copyOf(all.array(), 19);
        all.position(header.length);
        while (all.getShort(all.position()) != -1) {
            int from = all.position();
            for (int row = 0; row < ROWS_A_COPY && all.getShort(all.position()) != -1; row++) {
                for (int fields = all.getShort(); fields > 0; fields--) {
                    int length = all.getInt();
                    all.position(all.position() + Math.max(0, length));
                }
            }
            var rows = ByteBuffer.allocate(header.length + all.position() - from + 2);
            rows.put(header).put(all.array(), from, all.position() - from).putShort((short) -1);
            copies.add(new Copy(table, rows.array()));
        }
    }

    private void copy(Copy copy) throws SQLException {
        var in = database.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + copy.table() + " from stdin (format binary)");
        for (int from = 0; from < copy.rows().length; from += 65_536) {
            in.writeToCopy(copy.rows(), from, Math.min(65_536, copy.rows().length - from));
        }
        in.endCopy();
    }

    /// Bytes of the trail on disk, indexes included.
    private long size() throws SQLException {
        return Long.parseLong(trail.column("""
                select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'event'::regclass
                """).getFirst());
    }

    private void empty() throws SQLException {
        trail.execute("truncate event", "checkpoint");
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double median(double[] figures) {
        var sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
