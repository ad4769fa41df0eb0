package io.trailwarden.otlp;

import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Signal;
import io.trailwarden.redact.Redactor;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.ReceiptBook;
import io.trailwarden.spool.ReceiptBook.Rejection;
import io.trailwarden.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/// Takes the body of one request from its bytes to stable storage: decoded, read by its dialect, redacted, named by its
/// content, spooled, answered. Blocks; call it on a virtual thread, and let it finish when the client goes away.
///
/// What cannot be read is on stable storage too, as a note without content, before its sender hears so: a sender does
/// not repeat what was refused for good.
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /// Flaws noted one by one; of more, one note is left for the request.
    private static final int MOST_NOTES = 8;
    private static final int BEGINNING_CHARACTERS = 256;
    private static final int REDACTED_BYTES = 8192;
    private static final Answer SPOOL_BUSY = new Answer.Busy("nothing can be written at the moment; send again");

    private final Decoder decoder;
    private final Reading reading;
    private final Redactor redactor;
    private final Spool spool;
    private final ReceiptBook books;
    private final InstantSource clock;
    private final OtlpMetrics metrics;
    private final boolean keepBeginning;
    private final Trouble trouble = new Trouble("Spool refuses");

    /// What dialects do with a record.
    interface Reading {
        Observation read(Envelope envelope, OtlpRecord record, String principal);
    }

    Intake(Decoder decoder, Reading reading, Redactor redactor, Spool spool, ReceiptBook books, InstantSource clock,
            OtlpMetrics metrics, boolean keepBeginning) {
        this.decoder = decoder;
        this.reading = reading;
        this.redactor = redactor;
        this.spool = spool;
        this.books = books;
        this.clock = clock;
        this.metrics = metrics;
        this.keepBeginning = keepBeginning;
    }

    /// Takes what `body` holds.
    Answer take(Signal signal, Encoding encoding, byte[] body, Sender sender) {
        var arrival = new Arrival(signal, sender, body, clock.instant());
        return switch (decoder.decode(encoding, signal, body)) {
            case Decoded.Malformed(var detail) -> malformed("malformed_" + tag(encoding), detail, arrival);
            case Decoded.TooLarge(var detail) -> turnedAway(Rejection.TOO_LARGE, new Answer.TooLarge(detail));
            case Decoded.Read read -> keep(read, arrival);
        };
    }

    /// Notes a request whose body never became a message, and counts it.
    Answer refuse(Answer answer, byte[] received, Signal signal, Sender sender) {
        if (answer instanceof Answer.Malformed(var detail)) {
            return malformed("malformed_gzip", detail, new Arrival(signal, sender, received, clock.instant()));
        }
        return refuse(answer);
    }

    /// Counts a request that was turned away before its body was here.
    Answer refuse(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _, Answer.Partial _ -> throw new IllegalArgumentException("not a refusal: " + answer);
            case Answer.Unauthenticated _ -> turnedAway(Rejection.UNAUTHENTICATED, answer);
            case Answer.NotAllowed _ -> turnedAway(Rejection.FORBIDDEN, answer);
            case Answer.TooLarge _ -> turnedAway(Rejection.TOO_LARGE, answer);
            case Answer.Unsupported _ -> turnedAway(Rejection.UNSUPPORTED, answer);
            case Answer.Malformed _, Answer.TooSlow _ -> turnedAway(Rejection.MALFORMED, answer);
            case Answer.Busy _ -> turnedAway(Rejection.UNAVAILABLE, answer);
        };
    }

    /// One request whose body is here.
    private static final class Arrival {
        final Signal signal;
        final Sender sender;
        final byte[] body;
        final Instant at;

        Arrival(Signal signal, Sender sender, byte[] body, Instant at) {
            this.signal = signal;
            this.sender = sender;
            this.body = body;
            this.at = at;
        }
    }

    private Answer malformed(String reason, String detail, Arrival arrival) {
        var note = note(reason, detail, arrival, 0, arrival.body.length);
        if (!append(note, arrival)) {
            return turnedAway(Rejection.UNAVAILABLE, SPOOL_BUSY);
        }
        return turnedAway(Rejection.MALFORMED, new Answer.Malformed(detail));
    }

    private Answer turnedAway(Rejection reason, Answer answer) {
        count(1, reason, 1);
        return answer;
    }

    private void count(long received, Rejection reason, long rejected) {
        books.received(received);
        books.rejected(reason, rejected);
    }

    private Answer keep(Decoded.Read read, Arrival arrival) {
        var events = new ArrayList<AuditEvent>(read.records());
        int unprocessable = process(read, arrival, events);
        var notes = notes(read.flaws(), unprocessable, arrival);
        long all = read.records() + read.flaws().size();
        for (var note : notes) {
            if (!append(note, arrival)) {
                count(all, Rejection.UNAVAILABLE, all);
                return SPOOL_BUSY;
            }
        }
        if (!events.isEmpty() && !append(new Frame.Records(events), arrival)) {
            count(all, Rejection.UNAVAILABLE, all);
            return SPOOL_BUSY;
        }
        metrics.acknowledged(arrival.signal, events.size());
        metrics.enumNames(read.enumNames());
        count(all, Rejection.MALFORMED, all - events.size());
        return answer(read, all - events.size());
    }

    private static Answer answer(Decoded.Read read, long rejected) {
        if (rejected > 0) {
            var first = read.flaws().isEmpty() ? "a record could not be processed" : read.flaws().getFirst().detail();
            return new Answer.Partial(rejected, "%d of %d records cannot be read; the first: %s"
                    .formatted(rejected, read.records() + read.flaws().size(), first));
        }
        if (read.enumNames() > 0) {
            return new Answer.Partial(0, "all records are kept; %d enum values came as names, where OTLP/JSON has numbers"
                    .formatted(read.enumNames()));
        }
        return new Answer.Accepted();
    }

    /// Adds to `events` what each record says.
    ///
    /// @return how many could not be processed, which is a defect of ours
    private int process(Decoded.Read read, Arrival arrival, List<AuditEvent> events) {
        int failed = 0;
        for (var batch : read.batches()) {
            for (var record : batch.records()) {
                try {
                    var seen = reading.read(batch.envelope(), record, arrival.sender.principal());
                    events.add(AuditEvent.of(redactor.redact(seen), arrival.at));
                } catch (RuntimeException | StackOverflowError defect) {
                    if (failed++ == 0) {
                        report(defect, arrival);
                    }
                }
            }
        }
        return failed;
    }

    /// Names the defect and its place, but not its message, which may quote the record.
    private static void report(Throwable defect, Arrival arrival) {
        var trace = defect.getStackTrace();
        LOG.errorf("Record cannot be processed and is only noted: signal=%s sender=%s problem=%s at=%s", arrival.signal.wireName(),
                arrival.sender.principal(), defect.getClass().getName(), trace.length == 0 ? "unknown" : trace[0]);
    }

    private List<Frame.Unreadable> notes(List<Decoded.Flaw> flaws, int unprocessable, Arrival arrival) {
        var notes = new ArrayList<Frame.Unreadable>();
        if (flaws.size() > MOST_NOTES) {
            notes.add(note("malformed_record", "%d records cannot be read; the first: %s"
                    .formatted(flaws.size(), flaws.getFirst().detail()), arrival, 0, arrival.body.length));
        } else {
            flaws.forEach(flaw -> notes.add(note("malformed_record", flaw.detail(), arrival, flaw.from(), flaw.to())));
        }
        if (unprocessable > 0) {
            notes.add(note("unprocessable_record", "%d records could not be processed".formatted(unprocessable), arrival, 0,
                    arrival.body.length));
        }
        return notes;
    }

    private Frame.Unreadable note(String reason, String detail, Arrival arrival, int from, int to) {
        int start = Math.clamp(from, 0, arrival.body.length);
        int end = Math.clamp(to, start, arrival.body.length);
        return new Frame.Unreadable(reason, detail, sha256(arrival.body, start, end), end - start, arrival.sender.principal(),
                arrival.sender.contentType(), beginning(arrival.body, start, end), arrival.at);
    }

    private String beginning(byte[] body, int from, int to) {
        if (!keepBeginning) {
            return "";
        }
        // Redacted before it is cut, because half a secret is not recognised.
        var text = redactor.redact(new String(body, from, Math.min(to - from, REDACTED_BYTES), StandardCharsets.UTF_8));
        return text.substring(0, Math.min(text.length(), BEGINNING_CHARACTERS));
    }

    private static String sha256(byte[] body, int from, int to) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(body, from, to - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private boolean append(Frame frame, Arrival arrival) {
        try {
            return switch (spool.append(frame, arrival.sender.patience(clock.instant()))) {
                case Spool.Appended.Durable _ -> {
                    trouble.over();
                    yield true;
                }
                case Spool.Appended.Busy(var why, _) -> {
                    trouble.because(why);
                    yield false;
                }
            };
        } catch (RuntimeException broken) {
            trouble.because(broken.toString());
            return false;
        }
    }

    private static String tag(Encoding encoding) {
        return encoding.name().toLowerCase(Locale.ROOT);
    }
}
