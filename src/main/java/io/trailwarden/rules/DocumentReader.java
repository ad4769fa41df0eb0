package io.trailwarden.rules;

import io.trailwarden.alert.Severity;
import io.trailwarden.rules.Document.Block;
import io.trailwarden.rules.Document.GroupPart;
import io.trailwarden.rules.Document.What;
import io.trailwarden.rules.Document.What.Correlation;
import io.trailwarden.rules.Document.What.ModeTransition.Modes;
import io.trailwarden.rules.Matcher.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one document of a rule file. For one document.
final class DocumentReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,80}");
    private static final int LONGEST_TITLE = 256;
    private static final Set<String> BLOCK_KEYS = new TreeSet<>(List.of("sees", "misses", "runbook", "needs", "title", "evidence",
            "group-by", "window", "refused", "supporting"));
    private static final Set<String> DETECTOR_TYPES =
            new TreeSet<>(List.of("mode_transition", "new_value", "decision_latency", "streak", "sequence_gap"));
    private static final Map<String, Set<String>> DETECTOR_KEYS = Map.of(
            "mode_transition", Set.of("type", "to", "from", "how"),
            "new_value", Set.of("type", "rules", "field", "group-by", "history", "warmup"),
            "decision_latency", Set.of("type", "rules", "faster-than", "decision"),
            "streak", Set.of("type", "rules", "count", "within", "max-median-wait", "group-by"),
            "sequence_gap", Set.of("type", "grace", "at-least"));
    private static final Map<String, Set<String>> FACTS = Map.of(
            "mode_transition", Set.of("from", "to", "how", "trigger"),
            "new_value", Set.of("value", "group"),
            "decision_latency", Set.of("wait", "quality"),
            "streak", Set.of("count", "span", "median"),
            "sequence_gap", Set.of("missing", "first", "last"));
    private static final Set<String> CORRELATION_KEYS = new TreeSet<>(List.of("type", "rules", "group-by", "timespan", "condition",
            "aliases", "generate"));

    private final String file;
    private final YamlNode.Fields source;
    private final Scope scope;

    DocumentReader(String file, YamlNode.Fields source, Scope scope) {
        this.file = file;
        this.source = source;
        this.scope = scope;
    }

    Document read() {
        var title = text(source, "title");
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            throw new InvalidRule(source, "a document needs a title of 1 to " + LONGEST_TITLE + " characters, got " + title.length());
        }
        var name = text(source, "name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new InvalidRule(node(source, "name"), "name must be lower-case letters, digits and '_', got '" + name + "'");
        }
        var what = what();
        var block = block(what.facts(), title);
        return new Document(file, source, name, text(source, "id"), title, level(), text(source, "description").strip(),
                texts(source, "tags"), texts(source, "falsepositives"), what.what(), block);
    }

    private record Read(What what, Set<String> facts) {
    }

    private Read what() {
        var detection = source.get("detection");
        var correlation = source.get("correlation");
        var detector = source.get("detector");
        if (detection != null && correlation == null && detector == null) {
            return new Read(detection(fields(detection, "detection")), Set.of());
        }
        if (correlation != null && detection == null && detector == null) {
            return new Read(correlation(fields(correlation, "correlation")), Set.of("count", "span", "group"));
        }
        if (detector != null && detection == null && correlation == null) {
            return detector(fields(detector, "detector"));
        }
        throw new InvalidRule(source, "a document has one of 'detection', 'correlation' and 'detector'");
    }

    private @Nullable Severity level() {
        var level = source.get("level");
        if (level == null) {
            return null;
        }
        var text = text(source, "level");
        try {
            return Severity.of(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InvalidRule(level, "level must be informational, low, medium, high or critical, got '" + text + "'");
        }
    }

    private What detection(YamlNode.Fields detection) {
        var condition = DetectionReader.read(scope, detection);
        var logsource = source.get("logsource");
        if (logsource == null) {
            throw new InvalidRule(source, "a detection needs 'logsource: {product: claude_code}'");
        }
        var where = fields(logsource, "logsource");
        if (!text(where, "product").equals("claude_code")) {
            throw new InvalidRule(logsource, "logsource.product must be 'claude_code', got '" + text(where, "product") + "'");
        }
        var category = text(where, "category");
        if (category.isEmpty()) {
            return new What.Detection(condition);
        }
        var named = new Condition.Some(scope.fields().number("event.name"), new Matcher.Is(Set.of(Row.fold(category))));
        return new What.Detection(new Condition.And(List.of(named, condition)));
    }

    private What correlation(YamlNode.Fields written) {
        onlyKeys(written, CORRELATION_KEYS, "correlation");
        var type = type(written);
        var rules = references(written);
        if (rules.isEmpty()) {
            throw new InvalidRule(written, "a correlation needs 'rules'");
        }
        var condition = written.get("condition");
        var bounds = condition == null ? List.<Correlation.Bound>of() : bounds(fields(condition, "condition"));
        boolean ordered = type == Correlation.Type.TEMPORAL || type == Correlation.Type.TEMPORAL_ORDERED;
        if (bounds.isEmpty() && !ordered) {
            throw new InvalidRule(written, "a correlation of type " + wire(type) + " needs a 'condition' such as {gte: 5}");
        }
        var fields = condition == null ? List.<Integer>of() : fieldNumbers(fields(condition, "condition"), "field");
        if (fields.isEmpty() && !ordered && type != Correlation.Type.EVENT_COUNT) {
            throw new InvalidRule(written, "a correlation of type " + wire(type) + " needs 'field' in its condition");
        }
        double percentile = condition == null ? 50 : number(fields(condition, "condition"), "percentile", 50);
        return new Correlation(type, rules, grouped(written), duration(written, "timespan", null), bounds, fields, percentile,
                flag(written, "generate"));
    }

    private static String wire(Correlation.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static Correlation.Type type(YamlNode.Fields written) {
        var text = text(written, "type");
        for (var type : Correlation.Type.values()) {
            if (wire(type).equals(text)) {
                return type;
            }
        }
        throw new InvalidRule(node(written, "type"), "unknown correlation type '" + text
                + "'; accepted are event_count, value_count, temporal, temporal_ordered, value_sum, value_avg, value_percentile, value_median");
    }

    private static List<Correlation.Bound> bounds(YamlNode.Fields condition) {
        var bounds = new ArrayList<Correlation.Bound>();
        for (var entry : condition.entries()) {
            var key = entry.key().text();
            if (key.equals("field") || key.equals("percentile")) {
                continue;
            }
            if (!Set.of("gt", "gte", "lt", "lte", "eq", "neq").contains(key)) {
                throw new InvalidRule(entry.key(), "unknown comparison '" + key + "'; accepted are gt, gte, lt, lte, eq, neq");
            }
            bounds.add(new Correlation.Bound(Relation.valueOf(key.toUpperCase(Locale.ROOT)), number(condition, key, 0)));
        }
        return bounds;
    }

    private List<Correlation.Grouped> grouped(YamlNode.Fields written) {
        var aliases = written.get("aliases");
        var grouped = new ArrayList<Correlation.Grouped>();
        for (var name : scalars(written, "group-by")) {
            var alias = aliases == null ? null : fields(aliases, "aliases").get(name.text());
            if (alias == null) {
                grouped.add(new Correlation.Grouped(scope.field(name.text(), name), Map.of()));
                continue;
            }
            var byRule = new HashMap<String, Integer>();
            for (var entry : fields(alias, "aliases." + name.text()).entries()) {
                byRule.put(entry.key().text(), scope.field(scalar(entry.value(), "alias").text(), entry.value()));
            }
            grouped.add(new Correlation.Grouped(-1, byRule));
        }
        return grouped;
    }

    private Read detector(YamlNode.Fields written) {
        var type = text(written, "type");
        var keys = DETECTOR_KEYS.get(type);
        var facts = FACTS.get(type);
        if (keys == null || facts == null) {
            throw new InvalidRule(node(written, "type"), "unknown detector type '" + type + "'; accepted are " + String.join(", ", DETECTOR_TYPES));
        }
        onlyKeys(written, keys, "detector");
        return new Read(switch (type) {
            case "mode_transition" -> new What.ModeTransition(modes(written, "from"), modes(written, "to"), how(written));
            case "new_value" -> newValue(written);
            case "decision_latency" -> decisionLatency(written);
            case "streak" -> streak(written);
            default -> new What.SequenceGap(duration(written, "grace", Duration.ofMinutes(2)), (int) number(written, "at-least", 1));
        }, facts);
    }

    private Modes modes(YamlNode.Fields written, String key) {
        var node = written.get(key);
        if (node == null) {
            return new Modes(null, false);
        }
        boolean but = false;
        var texts = new ArrayList<SigmaText>();
        for (var scalar : scalars(written, key)) {
            var text = scalar.text().strip();
            boolean not = text.startsWith("not in ");
            but |= not;
            text = not ? text.substring(7) : text.startsWith("in ") ? text.substring(3) : text;
            for (var mode : text.split(",")) {
                texts.addAll(scope.expand(mode.strip(), scalar));
            }
        }
        return new Modes(texts, but);
    }

    private static List<String> how(YamlNode.Fields written) {
        var known = List.of("announced", "silent", "started");
        var how = scalars(written, "how");
        for (var scalar : how) {
            if (!known.contains(scalar.text())) {
                throw new InvalidRule(scalar, "how must be announced, silent or started, got '" + scalar.text() + "'");
            }
        }
        return how.isEmpty() ? known : how.stream().map(YamlNode.Scalar::text).toList();
    }

    private What newValue(YamlNode.Fields written) {
        var fields = fieldNumbers(written, "field");
        if (fields.isEmpty() || fields.size() > 3) {
            throw new InvalidRule(written, "new_value needs 'field': one field, or up to three, got " + fields.size());
        }
        return new What.NewValue(someReferences(written), fields, fieldNumbers(written, "group-by"),
                duration(written, "history", Duration.ofDays(30)), duration(written, "warmup", Duration.ZERO));
    }

    private What decisionLatency(YamlNode.Fields written) {
        var decision = written.get("decision") == null ? "accept" : text(written, "decision");
        if (!Set.of("accept", "reject", "any").contains(decision)) {
            throw new InvalidRule(node(written, "decision"), "decision must be accept, reject or any, got '" + decision + "'");
        }
        return new What.DecisionLatency(references(written), duration(written, "faster-than", null), decision);
    }

    private What streak(YamlNode.Fields written) {
        int count = (int) number(written, "count", 0);
        if (count < 2 || count > 500) {
            throw new InvalidRule(node(written, "count"), "count must be between 2 and 500, got " + count);
        }
        var median = written.get("max-median-wait") == null ? null : duration(written, "max-median-wait", null);
        var groupBy = written.get("group-by") == null ? List.of(scope.fields().number("session.id")) : fieldNumbers(written, "group-by");
        return new What.Streak(references(written), count, duration(written, "within", null), median, groupBy);
    }

    private static List<YamlNode.Scalar> someReferences(YamlNode.Fields written) {
        var references = references(written);
        if (references.isEmpty()) {
            throw new InvalidRule(written, "a detector of type " + text(written, "type") + " needs 'rules'");
        }
        return references;
    }

    private static List<YamlNode.Scalar> references(YamlNode.Fields written) {
        return scalars(written, "rules");
    }

    private Block block(Set<String> facts, String title) {
        var written = source.get("trailwarden");
        var block = written == null ? new YamlNode.Fields(source.place(), List.of()) : fields(written, "trailwarden");
        onlyKeys(block, BLOCK_KEYS, "trailwarden");
        var refused = block.get("refused") == null ? "attempt" : text(block, "refused");
        if (!refused.equals("attempt") && !refused.equals("same")) {
            throw new InvalidRule(node(block, "refused"), "refused must be attempt or same, got '" + refused + "'");
        }
        var plain = new YamlNode.Scalar(source.place(), title.replace("{", "{{"), YamlNode.Kind.TEXT);
        return new Block(text(block, "sees").strip(), text(block, "misses").strip(), texts(block, "runbook"), texts(block, "needs"),
                template(block, "title", facts, plain), template(block, "evidence", facts, plain),
                block.get("group-by") == null ? null : scalars(block, "group-by").stream().map(this::groupPart).toList(),
                block.get("window") == null ? null : duration(block, "window", null), refused.equals("attempt"), flag(block, "supporting"));
    }

    private Template template(YamlNode.Fields block, String key, Set<String> facts, YamlNode.Scalar otherwise) {
        var node = block.get(key);
        return Template.parse(node == null ? otherwise : scalar(node, key), scope, facts);
    }

    private GroupPart groupPart(YamlNode.Scalar name) {
        return switch (name.text()) {
            case "person" -> new GroupPart.Person();
            case "session" -> new GroupPart.Session();
            case "outcome" -> new GroupPart.Outcome();
            default -> new GroupPart.OfField(scope.field(name.text(), name));
        };
    }

    private List<Integer> fieldNumbers(YamlNode.Fields written, String key) {
        return scalars(written, key).stream().map(name -> scope.field(name.text(), name)).toList();
    }

    private static void onlyKeys(YamlNode.Fields written, Set<String> accepted, String what) {
        for (var entry : written.entries()) {
            if (!accepted.contains(entry.key().text())) {
                throw new InvalidRule(entry.key(), "unknown key '" + entry.key().text() + "' in " + what
                        + FieldNames.proposal(entry.key().text(), accepted).replace("docs/fields.md lists them", "docs/rules.md lists them"));
            }
        }
    }

    private static YamlNode node(YamlNode.Fields written, String key) {
        var node = written.get(key);
        return node == null ? written : node;
    }

    private static YamlNode.Fields fields(YamlNode node, String what) {
        if (node instanceof YamlNode.Fields fields) {
            return fields;
        }
        throw new InvalidRule(node, what + " must be a map, got " + node.kindName());
    }

    private static YamlNode.Scalar scalar(YamlNode node, String what) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
            return scalar;
        }
        throw new InvalidRule(node, what + " must be text, got " + node.kindName());
    }

    /// The text of `key`, empty when absent.
    private static String text(YamlNode.Fields written, String key) {
        var node = written.get(key);
        return node == null ? "" : scalar(node, key).text();
    }

    private static List<String> texts(YamlNode.Fields written, String key) {
        return scalars(written, key).stream().map(YamlNode.Scalar::text).toList();
    }

    /// The values of `key`: a list, or one value; none when absent.
    private static List<YamlNode.Scalar> scalars(YamlNode.Fields written, String key) {
        var node = written.get(key);
        if (node == null || node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return List.of();
        }
        return node instanceof YamlNode.Items items ? items.values().stream().map(item -> scalar(item, key)).toList() : List.of(scalar(node, key));
    }

    private static boolean flag(YamlNode.Fields written, String key) {
        var node = written.get(key);
        if (node == null) {
            return false;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Kind.BOOL) {
            return scalar.truth();
        }
        throw new InvalidRule(node, key + " must be true or false, got " + node.kindName());
    }

    private static double number(YamlNode.Fields written, String key, double otherwise) {
        var node = written.get(key);
        var number = node == null ? Double.valueOf(otherwise) : Matcher.numeric(scalar(node, key).text());
        if (number == null) {
            throw new InvalidRule(node(written, key), key + " must be a number, got " + node(written, key).kindName());
        }
        return number;
    }

    private static Duration duration(YamlNode.Fields written, String key, @Nullable Duration otherwise) {
        var node = written.get(key);
        if (node == null && otherwise != null) {
            return otherwise;
        }
        var duration = node == null ? null : Durations.parse(scalar(node, key).text());
        if (duration == null) {
            throw new InvalidRule(node(written, key), key + " must be " + Durations.ACCEPTED + ", got "
                    + (node == null ? "nothing" : node.kindName()));
        }
        return duration;
    }
}
