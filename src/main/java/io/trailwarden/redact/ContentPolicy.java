package io.trailwarden.redact;

/// What becomes of the text that people and models wrote.
enum ContentPolicy {

    /// Kept, without its secrets.
    KEEP,

    /// Replaced by `[masked:<length>]`, the length in UTF-16 units.
    MASK,

    /// The attribute is left out.
    DROP
}
