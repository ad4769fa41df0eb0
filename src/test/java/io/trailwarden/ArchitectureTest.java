package io.trailwarden;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps the arrows between features. What is not listed is not allowed.
class ArchitectureTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.trailwarden");

    /// Who may know whom. `ops` is the program around the others and starts them; nobody knows the door or the console.
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("dialect", Set.of("event")),
            Map.entry("redact", Set.of("event")),
            Map.entry("identity", Set.of("event")),
            Map.entry("spool", Set.of("event")),
            Map.entry("otlp", Set.of("event", "dialect", "redact", "spool", "identity")),
            Map.entry("store", Set.of("event", "spool")),
            Map.entry("alert", Set.of("event", "identity")),
            Map.entry("reveal", Set.of("event", "store", "identity")),
            Map.entry("export", Set.of("event", "store", "alert", "identity")),
            Map.entry("rules", Set.of("event", "store", "alert")),
            Map.entry("forward", Set.of("event", "store", "alert", "identity")),
            Map.entry("inventory", Set.of("event", "store", "rules", "identity")),
            Map.entry("api", Set.of("event", "spool", "store", "alert", "rules", "inventory", "identity", "forward", "export")),
            Map.entry("demo", Set.of()),
            Map.entry("ops", Set.of("event", "database", "demo", "dialect", "spool", "store", "alert", "rules", "identity", "forward")),
            // Of the dialects only the shell: a command is shown to a person as rules understood it.
            Map.entry("dashboard", Set.of("event", "dialect", "store", "reveal", "alert", "rules", "inventory", "identity", "ops", "forward", "export")));

    @Test
    void everyPackageHasItsArrowsWrittenDown() {
        var features = PROGRAM.stream().map(type -> type.getPackageName()).filter(name -> name.startsWith("io.trailwarden."))
                .map(name -> name.split("\\.")[2]).distinct().toList();

        assertThat(KNOWS.keySet()).containsExactlyInAnyOrderElementsOf(features);
    }

    @ParameterizedTest
    @MethodSource("features")
    void aFeatureKnowsOnlyThoseItMay(String feature) {
        var forbidden = new ArrayList<String>();
        for (var other : KNOWS.keySet()) {
            if (!other.equals(feature) && !KNOWS.get(feature).contains(other)) {
                forbidden.add("io.trailwarden." + other + "..");
            }
        }

        noClasses().that().resideInAPackage("io.trailwarden." + feature + "..")
                .should().dependOnClassesThat().resideInAnyPackage(forbidden.toArray(String[]::new))
                .because("the design names who may know whom: " + feature + " knows " + KNOWS.get(feature)).check(PROGRAM);
    }

    static List<String> features() {
        return KNOWS.keySet().stream().sorted().toList();
    }

    @Test
    void theTimeOfDayComesFromOnePlace() {
        noClasses().that().resideOutsideOfPackages("io.trailwarden.ops..", "io.trailwarden.database..", "io.trailwarden.dashboard..")
                .should().callMethod(Instant.class, "now").orShould().callMethod(Clock.class, "systemUTC")
                .because("time is injected, so that tests and replays decide what time it is").check(PROGRAM);
    }

    @Test
    void configurationMappingsAreTheirFeaturesOwn() {
        classes().that().areAnnotatedWith("io.smallrye.config.ConfigMapping").should().bePackagePrivate()
                .because("a feature's settings are read by that feature").allowEmptyShould(true).check(PROGRAM);
    }
}
