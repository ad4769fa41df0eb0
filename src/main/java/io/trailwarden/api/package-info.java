/// The REST interface for programs, `/api/v1`: reads the trail, alerts and books with an API token, and works on
/// alerts with one that has the scope `triage`.
@OpenAPIDefinition(
        info = @Info(title = "Trailwarden", version = "v1", description = "Reads the trail, its people and sessions, the alerts and the books; works on alerts. "
                + "Lists answer `{\"items\": [...], \"next\": ...}`; failures answer `application/problem+json`."),
        components = @Components(securitySchemes = @SecurityScheme(securitySchemeName = "token", type = SecuritySchemeType.HTTP,
                scheme = "bearer", description = "An API token, tw_...; to work on alerts, one with the scope triage")),
        security = @SecurityRequirement(name = "token"))
@NullMarked
package io.trailwarden.api;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
