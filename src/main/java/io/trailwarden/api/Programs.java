package io.trailwarden.api;

import io.trailwarden.identity.Tokens.Scope;

/// Who calls the interface: programs that bear an API token. No account of a person has these roles.
final class Programs {

    /// Reads, as every API token may.
    static final String ROLE = "program";

    /// Works on alerts, which a token must say.
    static final String TRIAGE = "program-triage";

    private Programs() {
    }

    static String role(Scope scope) {
        return switch (scope) {
            case READ -> ROLE;
            case TRIAGE -> TRIAGE;
        };
    }
}
