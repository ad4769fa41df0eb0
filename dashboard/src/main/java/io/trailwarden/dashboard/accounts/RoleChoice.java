package io.trailwarden.dashboard.accounts;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.checkbox.CheckboxGroupVariant;
import io.trailwarden.identity.Roles;
import java.util.Set;

/// The roles of one account, each with what it lets somebody do.
final class RoleChoice extends CheckboxGroup<String> {

    RoleChoice() {
        this(Set.of(Roles.VIEWER));
    }

    RoleChoice(Set<String> held) {
        setLabel("Roles");
        addThemeVariants(CheckboxGroupVariant.LUMO_VERTICAL);
        setItems(Roles.ALL);
        setItemLabelGenerator(role -> role + " – " + RolesPart.meaning(role));
        setValue(held);
    }

    /// Whether there is at least one; says so when there is none.
    boolean chosen() {
        setErrorMessage("Choose at least one: an account without a role sees nothing");
        setInvalid(getValue().isEmpty());
        return !getValue().isEmpty();
    }
}
