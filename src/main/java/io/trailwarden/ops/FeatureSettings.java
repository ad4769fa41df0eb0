package io.trailwarden.ops;

import java.util.List;

/// The settings of the features, in the order of the path of a record. A test compares them with the features'
/// configuration mappings, both ways.
final class FeatureSettings {

    static final List<Setting> ALL = List.of();

    private FeatureSettings() {
    }
}
