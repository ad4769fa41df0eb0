package io.trailwarden.rules;

import java.util.List;
import java.util.Map;

/// What people approved in the console, to be added to the lists of the policy files. Asked about once a second; may be
/// called from one thread at a time.
public interface Approved {

    /// Names to add, by the list's name, in an order that stays: exact texts, in which `*` is a star.
    ///
    /// @throws io.trailwarden.store.TrailUnavailable when that cannot be known now
    Map<String, List<String>> names();
}
