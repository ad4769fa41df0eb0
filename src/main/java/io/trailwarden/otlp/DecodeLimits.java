package io.trailwarden.otlp;

/// How much one request may unfold to. A byte count does not bound it: an empty record is two bytes on the wire and a
/// hundred in memory.
///
/// @param records most log records, spans and data points
/// @param values most attributes, array elements, bucket counts and the like, over the whole request
record DecodeLimits(int records, int values) {

    /// Nested values down to this depth keep their structure; deeper ones are kept as JSON text.
    static final int STRUCTURED_DEPTH = 16;

    /// Values nested deeper than this are not read, and their record is not either: reading them costs stack.
    static final int READABLE_DEPTH = 64;
}
