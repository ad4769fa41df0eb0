package io.trailwarden.export;

import io.trailwarden.identity.Permission;
import java.util.Collection;

/// Who takes a list out of the program, and may.
public final class Taker {

    private final String name;
    private final String address;

    private Taker(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /// A person at the console.
    ///
    /// @param roles that they hold now
    /// @param address of their browser
    /// @throws SecurityException when none of the roles is enough
    public static Taker person(String name, Collection<String> roles, String address) {
        if (!Permission.EXPORT.allowedTo(roles::contains)) {
            throw new SecurityException((name.isEmpty() ? "nobody" : name) + " may not take lists out of the console; it takes the role "
                    + String.join(" or ", Permission.EXPORT.roles()));
        }
        return new Taker(name, address);
    }

    /// A program whose token reads.
    ///
    /// @param token its name
    public static Taker program(String token, String address) {
        return new Taker("token " + token, address);
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }
}
