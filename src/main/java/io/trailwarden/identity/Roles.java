package io.trailwarden.identity;

import java.util.List;

/// What a person who signs in may be. Texts, because annotations such as `@RolesAllowed` take nothing else.
///
/// Roles do not include one another: an account has all of those it needs.
public final class Roles {

    /// Reads trails and alerts.
    public static final String VIEWER = "viewer";

    /// Works on alerts.
    public static final String ANALYST = "analyst";

    /// Writes rules and lists, issues tokens, wires destinations.
    public static final String ENGINEER = "engineer";

    /// Manages accounts and settings.
    public static final String ADMIN = "admin";

    /// Reads who did what, and asks for proof.
    public static final String AUDITOR = "auditor";

    /// Every role of a person.
    public static final List<String> ALL = List.of(VIEWER, ANALYST, ENGINEER, ADMIN, AUDITOR);

    private Roles() {
    }
}
