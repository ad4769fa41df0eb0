package io.trailwarden.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Writes generated messages as OTLP/JSON, making use of every freedom that a sender has: order of fields, numbers as
/// text, case of ids, null for absent, fields that nobody knows.
final class OtlpJson {

    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

    private final Random random;

    OtlpJson(long seed) {
        this.random = new Random(seed);
    }

    byte[] write(Message message) {
        var out = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(out)) {
            object(json, message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private void object(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        if (random.nextInt(5) == 0) {
            json.writeFieldName("unheardOf");
            json.writeRawValue("{\"deep\":[1,{\"attributes\":\"no\"}]}");
        }
        for (var field : shuffled(new ArrayList<>(message.getAllFields().keySet()))) {
            json.writeFieldName(field.getJsonName());
            if (field.isRepeated()) {
                json.writeStartArray();
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    single(json, field, message.getRepeatedField(field, i));
                }
                json.writeEndArray();
            } else {
                single(json, field, message.getField(field));
            }
        }
        for (var field : message.getDescriptorForType().getFields()) {
            if (!message.getAllFields().containsKey(field) && random.nextInt(8) == 0) {
                json.writeNullField(field.getJsonName());
            }
        }
        json.writeEndObject();
    }

    private <T> List<T> shuffled(List<T> fields) {
        if (random.nextInt(3) == 0) {
            Collections.shuffle(fields, random);
        }
        return fields;
    }

    private void single(JsonGenerator json, FieldDescriptor field, Object value) throws IOException {
        switch (field.getJavaType()) {
            case MESSAGE -> object(json, (Message) value);
            case STRING -> json.writeString((String) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case BYTE_STRING -> json.writeString(bytes(field, (ByteString) value));
            case INT -> json.writeNumber(unsigned(field) ? Integer.toUnsignedLong((Integer) value) : (Integer) value);
            case LONG -> whole(json, unsigned(field) ? Long.toUnsignedString((Long) value) : value.toString());
            case DOUBLE -> real(json, (Double) value);
            case FLOAT -> throw new AssertionError("OTLP has no floats");
            case ENUM -> enumerated(json, (EnumValueDescriptor) value);
        }
    }

    private static boolean unsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            case DOUBLE, FLOAT, INT64, INT32, BOOL, STRING, GROUP, MESSAGE, BYTES, ENUM, SFIXED32, SFIXED64, SINT32, SINT64 -> false;
        };
    }

    private void whole(JsonGenerator json, String digits) throws IOException {
        if (random.nextBoolean()) {
            json.writeString(digits);
        } else {
            json.writeRawValue(digits);
        }
    }

    private void real(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value) && random.nextInt(4) > 0) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private void enumerated(JsonGenerator json, EnumValueDescriptor value) throws IOException {
        if (random.nextInt(4) == 0) {
            json.writeString(value.getName());
        } else {
            json.writeNumber(value.getNumber());
        }
    }

    private String bytes(FieldDescriptor field, ByteString value) {
        if (IDS.contains(field.getName())) {
            return (random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase()).formatHex(value.toByteArray());
        }
        return switch (random.nextInt(3)) {
            case 0 -> Base64.getEncoder().encodeToString(value.toByteArray());
            case 1 -> Base64.getEncoder().withoutPadding().encodeToString(value.toByteArray());
            default -> Base64.getUrlEncoder().encodeToString(value.toByteArray());
        };
    }
}
