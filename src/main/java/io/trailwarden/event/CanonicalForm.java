package io.trailwarden.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

/// One byte string per record, the same over gRPC, protobuf and JSON: what ids, and later proofs, are taken over.
///
/// Each part is tagged and carries its length, so no two records share a form. Attributes are taken in the order of
/// their keys, because their order on the wire means nothing. Our own derived fields are left out: a better parser must
/// not give old records new ids. Principal, scope, resource and common attributes, which records repeat, stand in it as
/// the SHA-256 of their own form. Version 1 of the form begins with the byte 1.
public final class CanonicalForm {

    private static final int ORIGIN_DIGESTS = 4096;
    private static final Recent<Origin, byte[]> ORIGINS = new Recent<>(ORIGIN_DIGESTS);

    private byte[] bytes = new byte[1024];
    private int length;

    private CanonicalForm() {
    }

    /// SHA-256 over the form of `observation`.
    public static byte[] sha256(Observation observation) {
        return formOf(observation).digest();
    }

    /// The form of `observation` itself.
    public static byte[] bytes(Observation observation) {
        var form = formOf(observation);
        return Arrays.copyOf(form.bytes, form.length);
    }

    private static CanonicalForm formOf(Observation observation) {
        var form = new CanonicalForm();
        form.put(1);
        form.put(observation.signal().ordinal());
        form.putText(observation.name());
        form.putLong(observation.time().getEpochSecond());
        form.putLong(observation.time().getNano());
        form.putDigest(digestOf(observation.origin()));
        form.putAttributes(observation.attributes());
        form.putAttributes(observation.envelope());
        return form;
    }

    private static byte[] digestOf(Origin origin) {
        var known = ORIGINS.get(origin);
        if (known != null) {
            return known;
        }
        var form = new CanonicalForm();
        form.putText(origin.principal());
        form.putText(origin.scopeName());
        form.putText(origin.scopeVersion());
        form.putAttributes(origin.resource());
        form.putAttributes(origin.common());
        byte[] digest = form.digest();
        if (origin.isOrdinary()) {
            ORIGINS.put(origin, digest);
        }
        return digest;
    }

    private byte[] digest() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private void putDigest(byte[] digest) {
        reserve(digest.length);
        System.arraycopy(digest, 0, bytes, length, digest.length);
        length += digest.length;
    }

    private void putAttributes(Attributes attributes) {
        putLong(attributes.size());
        var sorted = new ArrayList<>(attributes.asMap().entrySet());
        sorted.sort(Map.Entry.comparingByKey());
        for (var entry : sorted) {
            putText(entry.getKey());
            putValue(entry.getValue());
        }
    }

    private void putValue(Value value) {
        switch (value) {
            case Value.Text(var text) -> {
                put('s');
                putText(text);
            }
            case Value.Int(var number) -> {
                put('i');
                putLong(number);
            }
            case Value.Real(var number) -> {
                put('d');
                putLong(Double.doubleToLongBits(number));
            }
            case Value.Bool(var truth) -> put(truth ? 't' : 'f');
            case Value.Binary(var hex) -> {
                put('b');
                putText(hex);
            }
            case Value.Empty() -> put('0');
            case Value.Array(var values) -> {
                put('a');
                putLong(values.size());
                values.forEach(this::putValue);
            }
            case Value.KeyValues(var entries) -> {
                put('m');
                putAttributes(entries);
            }
        }
    }

    private void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putLong(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void putLong(long number) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (number >>> shift);
        }
    }

    private void put(int single) {
        reserve(1);
        bytes[length++] = (byte) single;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
