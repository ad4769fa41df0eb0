package io.trailwarden.redact;

import io.trailwarden.event.Observation;

/// Removes what policy says must not be kept. For any number of threads.
public interface Redactor {

    /// `observation` without its secrets and with prompt and response text as policy says; every text of it is looked
    /// at, nested ones, keys, derived fields, resource and envelope included. Redacting twice changes nothing more.
    Observation redact(Observation observation);

    /// `text` without its secrets, for what is kept of requests that could not be read.
    String redact(String text);
}
