package io.trailwarden.otlp;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.trailwarden.event.Signal;
import io.trailwarden.otlp.OtlpMetrics.Transport;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The `Export` method of one signal. Runs on the call's own virtual thread, so it may block, and it goes on when the
/// client cancels.
final class GrpcExport implements ServerCallHandler<GrpcMessage, byte[]> {

    /// Where gRPC carries a `google.rpc.Status` with its details.
    private static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private final Signal signal;
    private final Intake intake;
    private final OtlpMetrics metrics;
    private final Duration patience;
    private final InstantSource clock;

    GrpcExport(Signal signal, Intake intake, OtlpMetrics metrics, Duration patience, InstantSource clock) {
        this.signal = signal;
        this.intake = intake;
        this.metrics = metrics;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public ServerCall.Listener<GrpcMessage> startCall(ServerCall<GrpcMessage, byte[]> call, Metadata headers) {
        var sender = new Sender(String.valueOf(BearerCheck.PRINCIPAL.get()), "application/grpc", clock.instant().plus(patience));
        // One more than a unary call has, so that a second message is seen.
        call.request(2);
        return new Exchange(call, sender);
    }

    /// Ends `call` with what `answer` says.
    static void close(ServerCall<?, ?> call, Answer answer) {
        var said = Protocol.status(answer);
        var trailers = new Metadata();
        trailers.put(DETAILS, said.toByteArray());
        call.close(Status.fromCodeValue(said.getCode()).withDescription(said.getMessage()), trailers);
    }

    private final class Exchange extends ServerCall.Listener<GrpcMessage> {

        private final ServerCall<GrpcMessage, byte[]> call;
        private final Sender sender;
        private @Nullable GrpcMessage message;
        private boolean answered;

        Exchange(ServerCall<GrpcMessage, byte[]> call, Sender sender) {
            this.call = call;
            this.sender = sender;
        }

        @Override
        public void onMessage(GrpcMessage next) {
            if (message != null) {
                next.lease().close();
                answer(intake.refuse(new Answer.Malformed("a call carries one request, this one carries several")));
                return;
            }
            message = next;
        }

        @Override
        public void onHalfClose() {
            if (answered) {
                return;
            }
            var whole = message;
            if (whole == null) {
                answer(intake.refuse(new Answer.Malformed("the call carries no request")));
                return;
            }
            long began = System.nanoTime();
            answer(handle(whole));
            metrics.took(Transport.GRPC, Duration.ofNanos(System.nanoTime() - began));
        }

        @Override
        public void onCancel() {
            release();
        }

        @Override
        public void onComplete() {
            release();
        }

        private Answer handle(GrpcMessage whole) {
            try {
                return switch (whole.content()) {
                    case Unpacked.Body body -> take(body.bytes());
                    case Unpacked.Refused(var refusal) -> intake.refuse(refusal, new byte[0], signal, sender);
                };
            } catch (RuntimeException | Error defect) {
                return intake.refuse(HttpExchange.unforeseen(defect));
            } finally {
                release();
            }
        }

        private Answer take(byte[] body) {
            metrics.received(Transport.GRPC, body.length);
            return intake.take(signal, Encoding.PROTOBUF, body, sender);
        }

        private void release() {
            if (message != null) {
                message.lease().close();
            }
        }

        private void answer(Answer answer) {
            if (answered) {
                return;
            }
            answered = true;
            metrics.answered(Transport.GRPC, signal, answer);
            if (call.isCancelled()) {
                return;
            }
            if (Protocol.isSuccess(answer)) {
                call.sendHeaders(new Metadata());
                call.sendMessage(Protocol.success(answer, Encoding.PROTOBUF, signal));
                call.close(Status.OK, new Metadata());
            } else {
                close(call, answer);
            }
        }
    }
}
