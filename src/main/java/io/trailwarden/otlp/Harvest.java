package io.trailwarden.otlp;

import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import java.util.ArrayList;
import java.util.List;

/// Collects what one request holds and keeps it within [DecodeLimits]; for one thread.
final class Harvest {

    private final DecodeLimits limits;
    private final List<Decoded.Batch> batches = new ArrayList<>();
    private final List<Decoded.Flaw> flaws = new ArrayList<>();
    private List<OtlpRecord> open = new ArrayList<>();
    private int records;
    private int values;
    private int enumNames;

    Harvest(DecodeLimits limits) {
        this.limits = limits;
    }

    void add(OtlpRecord record) {
        countRecord();
        addCounted(record);
    }

    /// Adds a record that [#countRecord] counted before.
    void addCounted(OtlpRecord record) {
        open.add(record);
    }

    void flaw(String detail, int from, int to) {
        countRecord();
        flaws.add(new Decoded.Flaw(detail, from, to));
    }

    /// Counts a record that has been read and is added later.
    void countRecord() {
        if (++records > limits.records()) {
            throw Undecodable.tooLarge("request holds more than %d records".formatted(limits.records()));
        }
    }

    /// Counts one attribute, array element or the like.
    void countValue() {
        if (++values > limits.values()) {
            throw Undecodable.tooLarge("request holds more than %d values".formatted(limits.values()));
        }
    }

    void countEnumName() {
        enumNames++;
    }

    /// The records since the last call, which belong to one scope.
    List<OtlpRecord> cut() {
        if (open.isEmpty()) {
            return List.of();
        }
        var cut = open;
        open = new ArrayList<>();
        return cut;
    }

    void batch(Envelope envelope, List<OtlpRecord> records) {
        if (!records.isEmpty()) {
            batches.add(new Decoded.Batch(envelope, records));
        }
    }

    /// The outcome. When no record at all could be read, what came is not OTLP.
    Decoded outcome() {
        if (batches.isEmpty() && !flaws.isEmpty()) {
            return new Decoded.Malformed(flaws.getFirst().detail());
        }
        return new Decoded.Read(batches, flaws, enumNames);
    }
}
