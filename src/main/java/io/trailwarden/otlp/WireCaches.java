package io.trailwarden.otlp;

import io.trailwarden.event.Attributes;

/// What repeats from request to request, by its bytes: attribute keys, resources and scopes. Each client sends the same
/// ones every few seconds.
final class WireCaches {

    final BlockCache<String> keys = new BlockCache<>(4096, 64);
    final BlockCache<Attributes> resources = new BlockCache<>(1024, 4096);
    final BlockCache<ScopeBlock> scopes = new BlockCache<>(256, 1024);

    /// An instrumentation scope without what surrounds it.
    record ScopeBlock(String name, String version, Attributes attributes) {
        static final ScopeBlock NONE = new ScopeBlock("", "", Attributes.NONE);
    }
}
