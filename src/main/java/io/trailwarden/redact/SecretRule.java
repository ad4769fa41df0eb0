package io.trailwarden.redact;

import com.google.re2j.Pattern;
import java.util.List;

/// One sort of secret: which words announce it, what it looks like, and what it must pass to be one.
///
/// The meaning of each part is said at the top of `redact/secrets.yaml`.
///
/// @param group number of the group that is the secret, or [#ANY_GROUP]
/// @param search whether the pattern begins elsewhere than at a keyword
/// @param before characters in front of a keyword that the pattern may need
/// @param after characters from a keyword on that are looked at first
/// @param least characters of a token that must stand in a row from the keyword on
/// @param assigned whether the keyword is part of a name that something is assigned to
/// @param entropy least Shannon entropy, bits a character
record SecretRule(String id, String kind, List<String> keywords, Pattern pattern, int group, boolean search, int before,
        int after, int least, boolean boundary, boolean assigned, double entropy, Gate gate) {

    /// The secret is whichever group took part first.
    static final int ANY_GROUP = -1;

    SecretRule {
        keywords = List.copyOf(keywords);
    }

    /// Whether `secret` is random enough and not one of the things that only look like one.
    boolean accepts(String secret) {
        return (entropy == 0 || Gate.entropy(secret) >= entropy) && gate.accepts(secret);
    }
}
