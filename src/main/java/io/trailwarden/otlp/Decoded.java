package io.trailwarden.otlp;

import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import java.util.List;

/// What became of reading the body of one request.
sealed interface Decoded {

    /// Read, apart from `flaws`; both may be empty.
    ///
    /// @param enumNames how often JSON named an enum value in words, which OTLP forbids its senders
    record Read(List<Batch> batches, List<Flaw> flaws, int enumNames) implements Decoded {
        public Read {
            batches = List.copyOf(batches);
            flaws = List.copyOf(flaws);
        }

        int records() {
            return batches.stream().mapToInt(batch -> batch.records().size()).sum();
        }
    }

    /// Not OTLP; nothing of it can be used.
    ///
    /// @param detail what is wrong and where; holds no content
    record Malformed(String detail) implements Decoded {
    }

    /// Unfolds to more than [DecodeLimits] allows.
    record TooLarge(String detail) implements Decoded {
    }

    /// The records of one instrumentation scope, in the order sent.
    record Batch(Envelope envelope, List<OtlpRecord> records) {
        public Batch {
            records = List.copyOf(records);
        }
    }

    /// One record that cannot be read, while its neighbours can.
    ///
    /// @param detail what is wrong and where; holds no content
    /// @param from first byte of the record in the body
    /// @param to first byte after it
    record Flaw(String detail, int from, int to) {
    }
}
