package io.trailwarden.redact;

/// What becomes of e-mail addresses that name the person.
enum EmailPolicy {

    /// Kept as sent.
    KEEP,

    /// Replaced by a keyed digest, the same one for the same address, so that a trail stays together without a name.
    HASH
}
