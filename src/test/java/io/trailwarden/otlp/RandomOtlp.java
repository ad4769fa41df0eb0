package io.trailwarden.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.trailwarden.event.Signal;
import java.util.List;
import java.util.Random;

/// Random requests of the generated classes: any field may be set to anything that its type allows.
final class RandomOtlp {

    private static final List<String> TEXTS = List.of("", "a", "user.id", "session.id", "claude_code.tool_decision", "\u0000",
            "\"quoted\\\"\n\t", "żółć", "日本", "😀 ok", "</script>", "\u2028", "x".repeat(300));
    private static final List<Long> WHOLES = List.of(0L, 1L, -1L, 5L, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<Double> REALS = List.of(0.0, -0.0, 1.5, -1e300, Double.MIN_VALUE, Double.NaN,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1);

    private final Random random;

    RandomOtlp(long seed) {
        this.random = new Random(seed);
    }

    static Message.Builder builder(Signal signal) {
        return switch (signal) {
            case LOG -> ExportLogsServiceRequest.newBuilder();
            case METRIC -> ExportMetricsServiceRequest.newBuilder();
            case SPAN -> ExportTraceServiceRequest.newBuilder();
        };
    }

    Message request(Signal signal) {
        return fill(builder(signal), 12).build();
    }

    private Message.Builder fill(Message.Builder message, int depth) {
        for (var field : message.getDescriptorForType().getFields()) {
            if (random.nextInt(4) == 0 && depth < 9 || depth == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    message.addRepeatedField(field, single(message, field, depth));
                }
            } else if (field.getContainingOneof() == null || random.nextInt(4) == 0 || !hasAny(message, field)) {
                message.setField(field, single(message, field, depth));
            }
        }
        return message;
    }

    private static boolean hasAny(Message.Builder message, FieldDescriptor field) {
        return message.hasOneof(field.getContainingOneof());
    }

    private Object single(Message.Builder message, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case MESSAGE -> fill(message.newBuilderForField(field), depth - 1).build();
            case STRING -> one(TEXTS);
            case LONG -> random.nextBoolean() ? one(WHOLES) : (Long) random.nextLong();
            case INT -> random.nextBoolean() ? random.nextInt(20) : random.nextInt();
            case DOUBLE -> random.nextBoolean() ? one(REALS) : (Double) random.nextGaussian();
            case FLOAT -> random.nextFloat();
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> one(field.getEnumType().getValues());
            case BYTE_STRING -> bytes(field.getName());
        };
    }

    private ByteString bytes(String name) {
        int usual = name.equals("trace_id") ? 16 : 8;
        byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(20) : usual];
        if (random.nextInt(5) > 0) {
            random.nextBytes(bytes);
        }
        return ByteString.copyFrom(bytes);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
