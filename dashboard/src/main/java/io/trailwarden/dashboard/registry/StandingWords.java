package io.trailwarden.dashboard.registry;

import io.trailwarden.inventory.Inventory.Counterpart;

/// Who wants it, in words.
final class StandingWords {

    private StandingWords() {
    }

    static String inShort(Counterpart one) {
        if (one.name() == null || one.name().isEmpty()) {
            return "·";
        }
        return switch (one.standing()) {
            case NOBODY -> "nobody";
            case APPROVED -> "approved";
            case POLICY -> "policy file";
        };
    }

    static String tone(Counterpart one) {
        return inShort(one).equals("nobody") ? "med" : "s";
    }
}
