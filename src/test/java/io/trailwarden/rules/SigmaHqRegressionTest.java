package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.store.StoredEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// All rules of SigmaHQ over the events they were written for, and over each other's. The data lies beside the project,
/// under a licence of its own; where it is absent there is nothing to compare with.
class SigmaHqRegressionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// One test where the data is, none where it is not.
    @TestFactory
    Stream<DynamicTest> againstSigmaHq() {
        return Shared.find("sigma-cases/sigmahq-regression").stream().map(folder -> DynamicTest.dynamicTest(
                "rules match the events they were written for and no others", () -> rulesMatchTheEventsTheyWereWrittenForAndNoOthers(folder)));
    }

    private static void rulesMatchTheEventsTheyWereWrittenForAndNoOthers(Path folder) throws IOException {
        var expected = lines(folder.resolve("expected.jsonl"));
        var ignored = texts(JSON.readTree(folder.resolve("matrix-meta.json").toFile()).path("rules_with_expand_placeholder_ignore_in_matrix"));
        var fields = new FieldNames(_ -> true, List.of());
        var broken = new ArrayList<String>();
        var rules = rules(folder.resolve("rules.jsonl.gz"), fields, broken);
        var events = events(folder.resolve("events.jsonl"));

        var differences = new ArrayList<String>();
        int asked = 0;
        for (var expectation : expected) {
            var event = Objects.requireNonNull(events.get(expectation.path("event_id").asText()));
            var wanted = texts(expectation.path("matching_rule_ids"));
            var row = new Row(fields).of(event);
            for (var rule : rules.entrySet()) {
                asked++;
                if (!ignored.contains(rule.getKey()) && rule.getValue().test(row) != wanted.contains(rule.getKey())) {
                    differences.add(expectation.path("event_id").asText() + " " + rule.getKey() + " expected " + wanted.contains(rule.getKey()));
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(asked).isGreaterThan(800_000);
        assertThat(differences).isEmpty();
    }

    private static Map<String, Condition> rules(Path file, FieldNames fields, List<String> broken) throws IOException {
        var rules = new TreeMap<String, Condition>();
        try (var in = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var one = JSON.readTree(line);
                var id = one.path("id").asText();
                try {
                    var document = (YamlNode.Fields) Yaml.documents(one.path("yaml").asText()).getFirst();
                    rules.put(id, DetectionReader.read(new Scope(fields, placeholders(one.path("yaml").asText())),
                            (YamlNode.Fields) Objects.requireNonNull(document.get("detection"))));
                } catch (InvalidRule invalid) {
                    broken.add(one.path("path").asText() + ": " + invalid.getMessage());
                }
            }
        }
        return rules;
    }

    /// Some rules ask for lists that every site fills itself.
    private static Policy placeholders(String yaml) {
        var lists = new HashMap<String, List<String>>();
        for (var matcher = java.util.regex.Pattern.compile("%([\\w-]+)%").matcher(yaml); matcher.find();) {
            lists.put(matcher.group(1), List.of());
        }
        return new Policy(lists);
    }

    private static Map<String, StoredEvent> events(Path file) throws IOException {
        var events = new HashMap<String, StoredEvent>();
        for (var line : lines(file)) {
            events.put(line.path("event_id").asText(), Plain.event(Yaml.documents(line.path("event").toString()).getFirst()));
        }
        return events;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new TreeSet<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
