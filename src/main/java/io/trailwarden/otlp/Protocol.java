package io.trailwarden.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.trailwarden.event.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Says an [Answer] in the words of OTLP: the one place that knows its status codes and bodies.
///
/// @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP responses</a>
/// @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc-response">OTLP/gRPC responses</a>
final class Protocol {

    /// When a sender that was turned away for our own trouble may come again. The client tries for about 8 s, so a
    /// longer wait would make it give up at once.
    static final java.time.Duration RETRY_AFTER = java.time.Duration.ofSeconds(2);

    /// Longest text of ours in an answer, in characters; the specification asks for a bounded response.
    private static final int LONGEST_TEXT = 1000;

    private static final JsonFactory JSON = new JsonFactory();

    private Protocol() {
    }

    /// Status of an HTTP answer. 500 is never among them: clients drop what is answered so.
    static int httpStatus(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _, Answer.Partial _ -> 200;
            case Answer.Malformed _ -> 400;
            case Answer.Unauthenticated _ -> 401;
            case Answer.NotAllowed _ -> 403;
            case Answer.TooSlow _ -> 408;
            case Answer.TooLarge _ -> 413;
            case Answer.Unsupported _ -> 415;
            case Answer.Busy _ -> 503;
        };
    }

    /// Whether `answer` carries an export response rather than an error.
    static boolean isSuccess(Answer answer) {
        return answer instanceof Answer.Accepted || answer instanceof Answer.Partial;
    }

    /// Body of an answer over HTTP.
    static byte[] body(Answer answer, Encoding encoding, Signal signal) {
        if (isSuccess(answer)) {
            return success(answer, encoding, signal);
        }
        return error(status(answer), encoding);
    }

    /// The export response; empty, with `partial_success` unset, when all went well.
    static byte[] success(Answer answer, Encoding encoding, Signal signal) {
        if (!(answer instanceof Answer.Partial partial)) {
            return encoding == Encoding.JSON ? new byte[] {'{', '}'} : new byte[0];
        }
        return switch (encoding) {
            case PROTOBUF -> partialProtobuf(partial);
            case JSON -> partialJson(partial, signal);
        };
    }

    /// `google.rpc.Status` in the encoding of the request.
    static byte[] error(Status status, Encoding encoding) {
        return encoding == Encoding.PROTOBUF ? status.toByteArray() : statusJson(status);
    }

    /// `answer` as a status with the details that OTLP asks for. RetryInfo is given only where coming again helps.
    static Status status(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _, Answer.Partial _ -> status(Code.OK, "").build();
            case Answer.Malformed(var why) -> status(Code.INVALID_ARGUMENT, why).addDetails(Any.pack(badRequest(why))).build();
            case Answer.TooLarge(var why) -> status(Code.RESOURCE_EXHAUSTED, why).build();
            case Answer.Busy(var why) -> status(Code.UNAVAILABLE, why).addDetails(Any.pack(retryInfo())).build();
            case Answer.Unauthenticated(var why) -> status(Code.UNAUTHENTICATED, why).build();
            case Answer.NotAllowed(var why) -> status(Code.PERMISSION_DENIED, why).build();
            case Answer.Unsupported(var why) -> status(Code.INVALID_ARGUMENT, why).build();
            case Answer.TooSlow(var why) -> status(Code.DEADLINE_EXCEEDED, why).build();
        };
    }

    static Status.Builder status(Code code, String message) {
        return Status.newBuilder().setCode(code.getNumber()).setMessage(shortened(message));
    }

    private static BadRequest badRequest(String why) {
        return BadRequest.newBuilder().addFieldViolations(BadRequest.FieldViolation.newBuilder()
                .setField("body").setDescription(shortened(why))).build();
    }

    private static RetryInfo retryInfo() {
        return RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(RETRY_AFTER.toSeconds())).build();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /// The three responses have the same numbers: `partial_success` 1, of which the count is 1 and the message 2.
    private static byte[] partialProtobuf(Answer.Partial partial) {
        var inner = new ByteArrayOutputStream();
        var out = new ByteArrayOutputStream();
        try {
            var coded = CodedOutputStream.newInstance(inner);
            if (partial.rejected() != 0) {
                coded.writeInt64(1, partial.rejected());
            }
            coded.writeString(2, shortened(partial.why()));
            coded.flush();
            coded = CodedOutputStream.newInstance(out);
            coded.writeByteArray(1, inner.toByteArray());
            coded.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] partialJson(Answer.Partial partial, Signal signal) {
        var count = switch (signal) {
            case LOG -> "rejectedLogRecords";
            case METRIC -> "rejectedDataPoints";
            case SPAN -> "rejectedSpans";
        };
        return json(out -> {
            out.writeObjectFieldStart("partialSuccess");
            if (partial.rejected() != 0) {
                out.writeStringField(count, Long.toString(partial.rejected()));
            }
            out.writeStringField("errorMessage", shortened(partial.why()));
            out.writeEndObject();
        });
    }

    private static byte[] statusJson(Status status) {
        return json(out -> {
            out.writeNumberField("code", status.getCode());
            out.writeStringField("message", status.getMessage());
            if (status.getDetailsCount() > 0) {
                out.writeArrayFieldStart("details");
                for (var detail : status.getDetailsList()) {
                    detailJson(out, detail);
                }
                out.writeEndArray();
            }
        });
    }

    private static void detailJson(JsonGenerator out, Any detail) throws IOException {
        out.writeStartObject();
        out.writeStringField("@type", detail.getTypeUrl());
        if (detail.is(RetryInfo.class)) {
            out.writeStringField("retryDelay", RETRY_AFTER.toSeconds() + "s");
        } else {
            out.writeArrayFieldStart("fieldViolations");
            for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                out.writeStartObject();
                out.writeStringField("field", violation.getField());
                out.writeStringField("description", violation.getDescription());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /// Writes the fields of one object.
    private interface JsonFields {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] json(JsonFields fields) {
        var bytes = new ByteArrayOutputStream();
        try (var out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
