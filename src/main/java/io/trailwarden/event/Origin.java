package io.trailwarden.event;

import org.jspecify.annotations.Nullable;

/// Who and where a record comes from: everything that repeats on each record of one session.
///
/// Stored once and referred to by number, because it is most of a record's bytes. Everything here is what the client
/// claims, except `principal`.
///
/// @param principal who the door authenticated, by the name of the ingest token; trustworthy, unlike the rest
/// @param person the e-mail where the client is signed in, else `enduser.id`, else the install id, else `unknown`
/// @param session `session.id`; null when the client sent none
/// @param resource attributes of the OTLP resource
/// @param scopeName instrumentation scope, such as `com.anthropic.claude_code.events`; may be empty
/// @param scopeVersion version of that scope; may be empty
/// @param common the standard attributes that the client repeats on each record (`user.id`, `terminal.type`, ...)
public record Origin(
        String principal,
        String person,
        @Nullable String session,
        Attributes resource,
        String scopeName,
        String scopeVersion,
        Attributes common) {

    /// The person of records that name nobody.
    public static final String UNKNOWN_PERSON = "unknown";

    /// An honest client's is a tenth of this.
    private static final int LARGEST_ORDINARY = 8192;

    /// Whether it is small enough to be remembered by the thousand, in a [Recent]: about 8,000 characters.
    public boolean isOrdinary() {
        long own = (long) principal.length() + person.length() + (session == null ? 0 : session.length()) + scopeName.length() + scopeVersion.length();
        return own + resource.weight() + common.weight() <= LARGEST_ORDINARY;
    }
}
