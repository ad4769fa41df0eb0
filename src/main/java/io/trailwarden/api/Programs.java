package io.trailwarden.api;

/// Who calls the interface: programs that bear an API token. No account of a person has this role.
final class Programs {

    static final String ROLE = "program";

    private Programs() {
    }
}
