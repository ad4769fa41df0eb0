package io.trailwarden.demo;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;

/// A computer with Claude Code on it: what the client says of itself on everything that it sends.
///
/// @param resource shared by all records of the machine
/// @param version of Claude Code
/// @param home folder that holds the person's repositories
record Machine(Resource resource, String version, String installation, String terminal, String home) {

    /// @param os `darwin`, `linux` or `windows`
    static Machine of(Person person, String os, String osVersion, String arch, String version, String installation, String terminal) {
        var home = os.equals("darwin") ? "/Users/" + person.login() : "/home/" + person.login();
        var resource = Resource.create(Attributes.builder().put(AttributeKey.stringKey("service.name"), "claude-code")
                .put(AttributeKey.stringKey("service.version"), version).put(AttributeKey.stringKey("os.type"), os)
                .put(AttributeKey.stringKey("os.version"), osVersion).put(AttributeKey.stringKey("host.arch"), arch)
                .put(AttributeKey.stringKey("team.id"), person.team().id()).build());
        return new Machine(resource, version, installation, terminal, home);
    }
}
