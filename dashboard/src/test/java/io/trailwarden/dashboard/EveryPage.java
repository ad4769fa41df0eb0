package io.trailwarden.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Route;
import io.trailwarden.ProgramUnderTest;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One address of every page of the console, so that a walk over them misses none: a page that no address is known for
/// fails the walk.
///
/// @param address without the leading slash
/// @param roles that may see it
record EveryPage(String address, List<String> roles) {

    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)[^/]*");

    /// The pages, with examples taken from what `program` has stored: it needs an alert of a person with a session.
    static List<EveryPage> of(ProgramUnderTest program) {
        var pages = new ArrayList<EveryPage>();
        for (var type : RoutesTest.pages()) {
            var route = type.getAnnotation(Route.class).value();
            var roles = List.of(type.getAnnotation(RolesAllowed.class).value());
            pages.add(new EveryPage(HasUrlParameter.class.isAssignableFrom(type) ? route + "/" + example(route, program) : filled(route, program), roles));
        }
        return pages;
    }

    private static String filled(String route, ProgramUnderTest program) {
        return PARAMETER.matcher(route).replaceAll(parameter -> switch (parameter.group(1)) {
            case "person", "name" -> example("people", program);
            case "session", "id" -> alert(program).path("session").asText();
            default -> throw new AssertionError("no example for '" + parameter.group() + "' of the page '" + route + "'; add one here");
        });
    }

    private static String example(String route, ProgramUnderTest program) {
        return switch (route) {
            case "alerts" -> alert(program).path("id").asText();
            case "people" -> Navigation.person(alert(program).path("person").asText()).substring("people/".length());
            case "rules" -> alert(program).path("rule").asText();
            default -> throw new AssertionError("no example of the page '" + route + "/...'; add one here");
        };
    }

    private static JsonNode alert(ProgramUnderTest program) {
        return program.list("/api/v1/alerts").stream().filter(alert -> !alert.path("session").isNull()).findFirst()
                .orElseThrow(() -> new AssertionError("no alert with a session was raised"));
    }

    @Override
    public String toString() {
        return "/" + address;
    }
}
