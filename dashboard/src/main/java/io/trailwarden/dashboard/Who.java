package io.trailwarden.dashboard;

import com.vaadin.flow.server.VaadinRequest;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Roles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of the request under way: read anew for each, so that a role that was taken away is gone with
/// the next press of a button.
///
/// @param name account name; empty for nobody
/// @param roles those of [Roles#ALL] that they hold
public record Who(String name, List<String> roles) {

    public Who {
        roles = List.copyOf(roles);
    }

    /// Whoever sent the current request. Only meaningful on a request's thread, not in what is pushed.
    public static Who asks() {
        return of(VaadinRequest.getCurrent());
    }

    static Who of(@Nullable VaadinRequest request) {
        var principal = request == null ? null : request.getUserPrincipal();
        return request == null || principal == null
                ? new Who("", List.of())
                : new Who(principal.getName(), Roles.ALL.stream().filter(request::isUserInRole).toList());
    }

    /// Whether they may.
    public boolean may(Permission permission) {
        return permission.allowedTo(roles::contains);
    }

    /// Ends the action when they may not. Buttons that are not shown can still be pressed by a browser that lies.
    ///
    /// @throws SecurityException when they may not
    public void must(Permission permission) {
        if (!may(permission)) {
            throw new SecurityException((name.isEmpty() ? "nobody" : name) + " may not do this; it takes the role "
                    + String.join(" or ", permission.roles()));
        }
    }
}
