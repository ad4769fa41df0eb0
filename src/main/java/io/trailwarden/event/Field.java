package io.trailwarden.event;

/// One field that rules, searches and people may name.
///
/// @param name as in rules: the client's own name where it has one
/// @param type what its values are; the client's spelling is coerced to it
/// @param many whether it may hold several values, of which any may match
/// @param ours whether we work it out; otherwise it is as the client sent it
/// @param needs what must be set on the client for it to be sent, empty when nothing
/// @param since first client version that sends it, empty when long ago or not known
/// @param meaning one sentence
public record Field(String name, Type type, boolean many, boolean ours, String needs, String since, String meaning) {

    /// What values of a field are.
    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN
    }
}
