package io.trailwarden.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Every other path of the interface: says so in JSON, in place of a page of the console.
///
/// The class paths of all resources are the same, because a request that matches the path of a class and of none of its
/// methods goes on to the console.
@Path("/api")
@RolesAllowed(Programs.ROLE)
class NothingHere {

    @GET
    @Path("{rest: .*}")
    @Operation(hidden = true)
    public Object any() {
        throw new NotFoundException();
    }
}
