package io.trailwarden.identity;

import java.util.List;
import java.util.function.Predicate;

/// What a signed-in person may do beyond reading, and the roles that may. Reading trails, alerts and rules is open to
/// every role; pages say so in their `@RolesAllowed`.
///
/// Whoever acts for a person asks here, a page before it shows a button and again before it does what was pressed.
public enum Permission {

    /// Acknowledge, assign, comment on and close alerts.
    TRIAGE(Roles.ANALYST),

    /// Read the words of a prompt or an answer, for a reason that is kept.
    REVEAL(Roles.ANALYST, Roles.AUDITOR),

    /// Take a list out of the console as a file.
    EXPORT(Roles.ANALYST, Roles.ENGINEER, Roles.AUDITOR),

    /// Say that an MCP server or a destination is wanted.
    APPROVE(Roles.ENGINEER),

    /// Make and revoke tokens, and hand out managed settings.
    SET_UP(Roles.ENGINEER, Roles.ADMIN),

    /// Pause, resume and retry what is forwarded.
    FORWARD(Roles.ENGINEER),

    /// Make accounts and change their roles.
    ACCOUNTS(Roles.ADMIN),

    /// See who came, who changed what, and who read what of whom.
    AUDIT(Roles.AUDITOR, Roles.ADMIN);

    private final List<String> roles;

    Permission(String... roles) {
        this.roles = List.of(roles);
    }

    /// The roles that have it, each enough by itself.
    public List<String> roles() {
        return roles;
    }

    /// Whether somebody has it.
    ///
    /// @param holds whether they have a role
    public boolean allowedTo(Predicate<String> holds) {
        return roles.stream().anyMatch(holds);
    }
}
