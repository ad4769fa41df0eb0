package io.trailwarden.dialect;

import io.trailwarden.event.Observation;

/// Reads the records of one agent product.
///
/// Pure: no clock, no failure, and no state but what it would only work out again. Whatever the client sent becomes an
/// observation; what a dialect does not understand stays an attribute.
public interface Dialect {

    /// Stable name, such as `claude_code`.
    String name();

    /// Whether records under `envelope` are this product's.
    boolean speaks(Envelope envelope);

    /// Reads one record.
    ///
    /// @param principal who the door authenticated
    Observation read(Envelope envelope, OtlpRecord record, String principal);
}
