package io.trailwarden.dialect;

import io.trailwarden.event.Attributes;

/// What OTLP says once for many records: the resource and the instrumentation scope.
///
/// @param resource resource attributes
/// @param resourceSchema schema URL of the resource, may be empty
/// @param scopeName scope name, may be empty
/// @param scopeVersion scope version, may be empty
/// @param scope scope attributes
public record Envelope(Attributes resource, String resourceSchema, String scopeName, String scopeVersion, Attributes scope) {
}
