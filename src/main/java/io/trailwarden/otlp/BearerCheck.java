package io.trailwarden.otlp;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.trailwarden.event.Signal;
import io.trailwarden.otlp.OtlpMetrics.Transport;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Judges the bearer token of a call from its headers; a call that fails is ended before any message of it is read.
final class BearerCheck implements ServerInterceptor {

    /// Who the token belongs to, for the rest of the call.
    static final Context.Key<String> PRINCIPAL = Context.key("principal");

    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Map<String, Signal> SIGNALS = Stream.of(Signal.values())
            .collect(Collectors.toUnmodifiableMap(GrpcDoor::serviceName, signal -> signal));

    private final Admission admission;
    private final Intake intake;
    private final OtlpMetrics metrics;

    BearerCheck(Admission admission, Intake intake, OtlpMetrics metrics) {
        this.admission = admission;
        this.intake = intake;
        this.metrics = metrics;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        var signal = SIGNALS.get(String.valueOf(call.getMethodDescriptor().getServiceName()));
        if (signal == null) {
            throw new IllegalStateException("no signal for " + call.getMethodDescriptor().getServiceName());
        }
        return switch (admission.check(headers.get(AUTHORIZATION), signal)) {
            case Admission.Verdict.Refused(var answer) -> refuse(call, signal, answer);
            case Admission.Verdict.Admitted(var principal) ->
                    Contexts.interceptCall(Context.current().withValue(PRINCIPAL, principal), call, headers, next);
        };
    }

    private <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Signal signal, Answer answer) {
        metrics.answered(Transport.GRPC, signal, intake.refuse(answer));
        GrpcExport.close(call, answer);
        return new ServerCall.Listener<>() {
        };
    }
}
