package io.trailwarden.otlp;

import io.trailwarden.event.Signal;

/// Reads the body of a request in either encoding. For any number of threads.
///
/// Total: whatever the bytes are, the outcome is a [Decoded]. Equal content gives equal records in both encodings.
final class Decoder {

    private final DecodeLimits limits;
    private final WireCaches caches = new WireCaches();

    Decoder(DecodeLimits limits) {
        this.limits = limits;
    }

    Decoded decode(Encoding encoding, Signal signal, byte[] body) {
        return switch (encoding) {
            case PROTOBUF -> new ProtobufReader(signal, body, new Harvest(limits), caches).read();
            case JSON -> JsonReader.read(signal, body, limits);
        };
    }
}
