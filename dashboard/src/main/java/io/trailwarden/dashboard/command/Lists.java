package io.trailwarden.dashboard.command;

/// The lists of the policy: what counts as a secret here, and which hosts are wanted.
@FunctionalInterface
public interface Lists {

    /// Whether `text` is on the list called `list`.
    boolean has(String list, String text);

    /// Whether `file` holds credentials.
    default boolean secret(String file) {
        return has("secret_files", file);
    }

    /// Whether agents may talk to `host`.
    default boolean approved(String host) {
        return has("approved_hosts", host);
    }
}
