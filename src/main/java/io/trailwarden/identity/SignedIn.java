package io.trailwarden.identity;

import java.security.Principal;
import java.util.UUID;

/// Who is signed in to the console: the account, and the session they do it with.
///
/// @param name of the account
/// @param session ends when they sign out, or when their password changes elsewhere
public record SignedIn(String name, UUID session) implements Principal {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
