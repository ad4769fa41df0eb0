package io.trailwarden.rules;

import java.util.List;

/// The lists of the policy files, as rules use them now, without what was approved in the console. Thread-safe.
public interface PolicyLists {

    /// The values of `list` as they are written: `*` and `?` are wildcards, a backslash before one makes it itself. Empty
    /// when there is no such list.
    List<String> values(String list);
}
