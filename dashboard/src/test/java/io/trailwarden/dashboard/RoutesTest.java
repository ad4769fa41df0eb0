package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AccessAnnotationChecker;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks every page as nobody, as somebody without a role, and as each role that it names.
class RoutesTest {

    private static final Principal SOMEBODY = () -> "somebody";

    private final AccessAnnotationChecker access = new AccessAnnotationChecker();

    static List<Class<?>> pages() {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.trailwarden").stream().filter(type -> type.isAnnotatedWith(Route.class))
                .<Class<?>>map(JavaClass::reflect).toList();
    }

    @Test
    void thereArePages() {
        assertThat(pages()).hasSizeGreaterThanOrEqualTo(4).allMatch(Component.class::isAssignableFrom);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageNamesRolesThatExist(Class<?> page) {
        var allowed = page.getAnnotation(RolesAllowed.class);

        assertThat(allowed).as("%s states who may see it", page.getSimpleName()).isNotNull();
        assertThat(Roles.ALL).contains(allowed.value());
        assertThat(allowed.value()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsShownToItsRolesOnly(Class<?> page) {
        assertThat(access.hasAccess(page, null, _ -> true)).as("nobody").isFalse();
        assertThat(access.hasAccess(page, SOMEBODY, _ -> false)).as("no role").isFalse();
        for (var role : page.getAnnotation(RolesAllowed.class).value()) {
            assertThat(access.hasAccess(page, SOMEBODY, role::equals)).as(role).isTrue();
        }
    }

    /// Roles are asked for with every call from outside, and a page may be left because its session ended: by nobody.
    @ParameterizedTest
    @MethodSource("pages")
    void aPageMayBeLeftByNobody(Class<?> page) {
        assertThat(page.getDeclaredMethods()).filteredOn(method -> method.getName().equals("onDetach"))
                .allMatch(method -> method.isAnnotationPresent(PermitAll.class));
    }

    @Test
    void theNavigationLeadsToPagesThatExist() {
        var routes = pages().stream().map(page -> page.getAnnotation(Route.class).value()).toList();

        assertThat(Navigation.pages()).extracting(Navigation.Page::path).isSubsetOf(routes);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePagesOfTheNavigationAreListedForThoseTheyOpenFor(Class<?> page) {
        var allowed = List.of(page.getAnnotation(RolesAllowed.class).value());
        var path = page.getAnnotation(Route.class).value();

        for (var listed : Navigation.pages()) {
            for (var role : Roles.ALL) {
                assertThat(listed.path().equals(path) && listed.opensFor(new Who("somebody", List.of(role))) != allowed.contains(role))
                        .as("%s listed for %s", path, role).isFalse();
            }
        }
    }
}
