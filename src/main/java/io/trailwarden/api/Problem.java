package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Why a request was not answered, as `application/problem+json`.
///
/// @param title what kind of trouble, in two or three words
/// @param status HTTP status, again
/// @param detail what is wrong here, and what to do
/// @param parameter the parameter that is not acceptable
/// @param value what was sent for it
/// @param accepted what is accepted instead
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Why a request was not answered")
record Problem(String title, int status, String detail, @Nullable String parameter, @Nullable String value,
        @Nullable String accepted) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(String title, int status, String detail) {
        return new Problem(title, status, detail, null, null, null);
    }

    Response response() {
        return builder().build();
    }

    /// Asks to come again after `seconds`.
    Response retryAfter(int seconds) {
        return builder().header("Retry-After", seconds).build();
    }

    private Response.ResponseBuilder builder() {
        return Response.status(status).type(MEDIA_TYPE).entity(this);
    }
}
