package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The clauses of Sigma's specification, one or more cases for each.
class SigmaConformanceTest {

    @TestFactory
    Stream<DynamicTest> everyClauseHolds() {
        var cases = Stream.concat(own("cases.yaml").stream(), shared("sigma-cases/spec-derived/cases.jsonl").stream()).toList();

        return cases.stream().map(one -> DynamicTest.dynamicTest(text(one, "clause") + " " + text(one, "event"), () -> holds(one)));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeHonouredDoesNotLoad() {
        var cases = Stream.concat(own("invalid.yaml").stream(), shared("sigma-cases/spec-derived/invalid-rules.json").stream()).toList();

        return cases.stream().map(one -> DynamicTest.dynamicTest(text(one, "case"), () -> {
            var rules = Plain.rules(json(one.get("rule")), Policy.NONE);

            assertThat(rules.problems()).isNotEmpty();
            assertThat(rules.rules()).isEmpty();
        }));
    }

    @Test
    void theCasesOfTheProjectAreRead() {
        assertThat(own("cases.yaml")).hasSizeGreaterThan(20);
        assertThat(own("invalid.yaml")).hasSizeGreaterThan(5);
    }

    @Test
    void aCharacterOfTwoHalvesMayStandAnywhere() {
        for (int padding = 1000; padding < 1060; padding++) {
            var text = "a: '" + "x".repeat(padding) + "\uD83D\uDE00'";

            assertThat(Yaml.documents(text).getFirst()).isInstanceOfSatisfying(YamlNode.Fields.class,
                    fields -> assertThat(text(fields, "a")).endsWith("x\uD83D\uDE00"));
        }
    }

    private static void holds(YamlNode.Fields one) {
        var rules = Plain.rules(json(one.get("rule")), placeholders(one));

        assertThat(rules.problems()).isEmpty();
        assertThat(Plain.matches(rules, Plain.event(Objects.requireNonNull(one.get("event"))))).isEqualTo(text(one, "expected").equals("true"));
    }

    private static Policy placeholders(YamlNode.Fields one) {
        return one.get("placeholders") instanceof YamlNode.Fields fields ? Policy.of(fields) : Policy.NONE;
    }

    private static List<YamlNode.Fields> own(String file) {
        try (var in = SigmaConformanceTest.class.getResourceAsStream("/rules-cases/" + file)) {
            return fields(Yaml.documents(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<YamlNode.Fields> shared(String file) {
        return Shared.find(file).map(SigmaConformanceTest::read).orElse(List.of());
    }

    private static List<YamlNode.Fields> read(Path file) {
        try {
            if (file.toString().endsWith(".jsonl")) {
                return Files.readAllLines(file).stream().flatMap(line -> fields(Yaml.documents(line)).stream()).toList();
            }
            return fields(Yaml.documents(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<YamlNode.Fields> fields(List<YamlNode> documents) {
        return documents.stream().flatMap(document -> document instanceof YamlNode.Items items ? items.values().stream() : Stream.of(document))
                .map(YamlNode.Fields.class::cast).toList();
    }

    private static String text(YamlNode.Fields one, String key) {
        var node = one.get(key);
        return node instanceof YamlNode.Scalar scalar ? scalar.text() : node == null ? "" : json(node);
    }

    /// Writes a value as JSON, which is YAML again.
    private static String json(@Nullable YamlNode node) {
        return switch (Objects.requireNonNull(node)) {
            case YamlNode.Scalar scalar when scalar.kind() == YamlNode.Kind.TEXT -> Json.write(Value.of(scalar.text()));
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Items items -> items.values().stream().map(SigmaConformanceTest::json).collect(Collectors.joining(",", "[", "]"));
            case YamlNode.Fields fields -> fields.entries().stream().map(entry -> json(new YamlNode.Scalar(entry.key().place(), entry.key().text(),
                    YamlNode.Kind.TEXT)) + ":" + json(entry.value())).collect(Collectors.joining(",", "{", "}"));
        };
    }
}
