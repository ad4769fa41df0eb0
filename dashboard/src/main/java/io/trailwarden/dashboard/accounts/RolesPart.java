package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.html.DescriptionList;
import io.trailwarden.dashboard.Block;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Roles;
import java.util.Arrays;

/// What each role may do, from the same place that decides it.
final class RolesPart extends Block {

    RolesPart() {
        super("What a role may do");
        note("all of them read trails, alerts and rules; no role includes another");
        addClassName("role-list");
        var list = new DescriptionList();
        for (var role : Roles.ALL) {
            list.add(new DescriptionList.Term(role), new DescriptionList.Description(meaning(role)));
        }
        show(list);
    }

    /// In words, what `role` adds to reading.
    static String meaning(String role) {
        var actions = Arrays.stream(Permission.values()).filter(permission -> permission.roles().contains(role)).map(RolesPart::words).toList();
        return actions.isEmpty() ? "reads, and changes nothing" : String.join("; ", actions);
    }

    private static String words(Permission permission) {
        return switch (permission) {
            case TRIAGE -> "works on alerts";
            case REVEAL -> "reveals a prompt, for a reason";
            case EXPORT -> "takes lists away as files";
            case APPROVE -> "approves MCP servers and destinations";
            case SET_UP -> "makes tokens and managed settings";
            case FORWARD -> "pauses and resumes forwarding";
            case ACCOUNTS -> "manages accounts";
            case AUDIT -> "sees who came and who read what";
        };
    }
}
