package io.trailwarden.rules;

import com.google.re2j.Pattern;
import io.trailwarden.rules.Matcher.Part;
import io.trailwarden.rules.Matcher.Relation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads one item of a detection: `field|modifier|modifier: values`. For one item.
final class ItemReader {

    private static final Set<String> KNOWN = new TreeSet<>(List.of("contains", "startswith", "endswith", "all", "exists", "cased",
            "neq", "re", "i", "m", "s", "ignorecase", "multiline", "dotall", "base64", "base64offset", "utf16", "utf16le",
            "utf16be", "wide", "windash", "lt", "lte", "gt", "gte", "cidr", "expand", "fieldref", "minute", "hour", "day",
            "week", "month", "year", "outside", "when_set", "version_lt", "version_lte", "version_gt", "version_gte"));

    private final Scope scope;
    private final YamlNode.Scalar key;
    private final String name;
    private final List<List<Operand>> operands = new ArrayList<>();
    private Kind kind = Kind.TEXT;
    private int regexFlags;
    private Relation relation = Relation.EQ;
    private @Nullable TimePart timePart;
    private boolean all;
    private boolean cased;
    private boolean negated;
    private boolean outside;
    private boolean whenSet;
    private Part part = Part.WHOLE;
    private int modifiers;

    /// How values are compared.
    private enum Kind {
        TEXT,
        REGEX,
        NETWORK,
        NUMBER,
        VERSION,
        FIELD,
        EXISTS
    }

    /// A value on its way through the modifiers.
    private record Operand(YamlNode.Scalar node, SigmaText text) {
    }

    private ItemReader(Scope scope, YamlNode.Scalar key, String name) {
        this.scope = scope;
        this.key = key;
        this.name = name;
    }

    /// Reads the item `key: value`; an empty field name means keywords.
    static Condition read(Scope scope, YamlNode.Scalar key, YamlNode value) {
        var parts = key.text().split("\\|", -1);
        var reader = new ItemReader(scope, key, parts[0]);
        for (var scalar : scalars(value)) {
            reader.operands.add(List.of(new Operand(scalar, SigmaText.parse(scalar.text()))));
        }
        for (int i = 1; i < parts.length; i++) {
            reader.modify(parts[i]);
            reader.modifiers++;
        }
        return reader.condition();
    }

    /// Reads plain values, which are looked for in the whole record.
    static Condition keywords(Scope scope, YamlNode value) {
        return read(scope, new YamlNode.Scalar(value.place(), "", YamlNode.Kind.TEXT), value);
    }

    private static List<YamlNode.Scalar> scalars(YamlNode value) {
        return switch (value) {
            case YamlNode.Scalar scalar -> List.of(scalar);
            case YamlNode.Items items -> {
                var scalars = new ArrayList<YamlNode.Scalar>();
                for (var item : items.values()) {
                    if (!(item instanceof YamlNode.Scalar scalar)) {
                        throw new InvalidRule(item, "values must be plain, got " + item.kindName());
                    }
                    scalars.add(scalar);
                }
                yield scalars;
            }
            case YamlNode.Fields fields -> throw new InvalidRule(fields, "values must be plain or a list of plain values, got a map");
        };
    }

    private void modify(String modifier) {
        var time = TimePart.named(modifier);
        if (time != null) {
            timePart = time;
            kind = Kind.NUMBER;
            return;
        }
        switch (modifier) {
            case "contains" -> part(Part.ANYWHERE);
            case "startswith" -> part(Part.START);
            case "endswith" -> part(Part.END);
            case "all" -> all();
            case "cased" -> cased = true;
            case "neq" -> negated = true;
            case "outside" -> outside = true;
            case "when_set" -> whenSet = true;
            case "re" -> regex();
            case "i", "ignorecase" -> flag(modifier, Pattern.CASE_INSENSITIVE);
            case "m", "multiline" -> flag(modifier, Pattern.MULTILINE);
            case "s", "dotall" -> flag(modifier, Pattern.DOTALL);
            case "cidr" -> kind = Kind.NETWORK;
            case "exists" -> kind = Kind.EXISTS;
            case "fieldref" -> kind = Kind.FIELD;
            case "expand" -> expand();
            case "lt", "lte", "gt", "gte" -> relation(Kind.NUMBER, modifier);
            case "version_lt", "version_lte", "version_gt", "version_gte" -> relation(Kind.VERSION, modifier.substring(8));
            case "windash" -> encode(operand -> Encodings.dashes(operand.text(), operand.node()));
            case "base64" -> encode(operand -> List.of(Encodings.base64(operand.text(), operand.node())));
            case "base64offset" -> encode(operand -> Encodings.base64Offset(operand.text(), operand.node()));
            case "wide", "utf16le" -> encode(operand ->
                    List.of(Encodings.utf16(operand.text(), StandardCharsets.UTF_16LE, "", operand.node())));
            case "utf16be" -> encode(operand ->
                    List.of(Encodings.utf16(operand.text(), StandardCharsets.UTF_16BE, "", operand.node())));
            case "utf16" -> encode(operand ->
                    List.of(Encodings.utf16(operand.text(), StandardCharsets.UTF_16LE, "\u00ff\u00fe", operand.node())));
            default -> throw new InvalidRule(key, "unknown modifier '" + modifier + "'"
                    + FieldNames.proposal(modifier, KNOWN).replace("docs/fields.md", "docs/rules.md"));
        }
    }

    private void all() {
        if (operands.size() < 2) {
            throw new InvalidRule(key, "'all' needs at least two values, got " + operands.size());
        }
        all = true;
    }

    private void part(Part wanted) {
        part = wanted;
        if (kind != Kind.TEXT) {
            return;
        }
        for (var alternatives : operands) {
            for (var operand : alternatives) {
                if (operand.node().isNull()) {
                    throw new InvalidRule(operand.node(), "null cannot be part of a text");
                }
            }
        }
        encode(operand -> List.of(switch (wanted) {
            case WHOLE -> operand.text();
            case START -> operand.text().beforeAnything();
            case END -> operand.text().afterAnything();
            case ANYWHERE -> operand.text().afterAnything().beforeAnything();
        }));
    }

    private void regex() {
        if (modifiers > 0) {
            throw new InvalidRule(key, "'re' must be the first modifier in '" + key.text() + "'");
        }
        kind = Kind.REGEX;
    }

    private void flag(String modifier, int flag) {
        if (kind != Kind.REGEX) {
            throw new InvalidRule(key, "modifier '" + modifier + "' is only for regular expressions, after 're'");
        }
        regexFlags |= flag;
    }

    private void relation(Kind wanted, String written) {
        kind = wanted;
        relation = Relation.valueOf(written.toUpperCase(java.util.Locale.ROOT));
    }

    private void encode(Function<Operand, List<SigmaText>> encoding) {
        operands.replaceAll(alternatives -> alternatives.stream()
                .flatMap(operand -> encoding.apply(operand).stream().map(text -> new Operand(operand.node(), text))).toList());
    }

    /// Lists are put in before wildcards of `contains` and its kin, whatever the order of the modifiers.
    private void expand() {
        operands.replaceAll(alternatives -> alternatives.stream().map(Operand::node).distinct()
                .flatMap(node -> scope.expand(node.text(), node).stream().map(text -> new Operand(node, text))).toList());
        if (part != Part.WHOLE) {
            part(part);
        }
    }

    private Condition condition() {
        if (operands.isEmpty() && !outside) {
            throw new InvalidRule(key, "'" + key.text() + "' has no values");
        }
        if (whenSet && !outside) {
            throw new InvalidRule(key, "modifier 'when_set' is only for 'outside' in '" + key.text() + "'");
        }
        if (name.isEmpty()) {
            return keywordCondition();
        }
        int field = scope.field(name, key);
        var condition = switch (kind) {
            case EXISTS -> exists(field);
            case TEXT, REGEX, NETWORK, NUMBER, VERSION, FIELD -> outside ? outside(field) : inside(field);
        };
        return negated ? new Condition.Not(condition) : condition;
    }

    private Condition exists(int field) {
        var node = operands.getFirst().getFirst().node();
        if (node.kind() != YamlNode.Kind.BOOL || operands.size() > 1) {
            throw new InvalidRule(node, "'exists' takes true or false, got " + node.kindName());
        }
        var exists = new Condition.Exists(field);
        return node.truth() ? exists : new Condition.Not(exists);
    }

    private Condition outside(int field) {
        var flat = operands.stream().flatMap(List::stream).toList();
        if (flat.isEmpty()) {
            return whenSet ? new Condition.Fixed(false) : new Condition.Exists(field);
        }
        return new Condition.SomeNot(field, matcher(flat));
    }

    private Condition inside(int field) {
        if (all) {
            return new Condition.And(operands.stream().map(alternatives -> any(field, alternatives)).toList());
        }
        return any(field, operands.stream().flatMap(List::stream).toList());
    }

    private Condition any(int field, List<Operand> alternatives) {
        var nulls = alternatives.stream().filter(operand -> operand.node().isNull()).findAny().isPresent();
        var others = alternatives.stream().filter(operand -> !operand.node().isNull()).toList();
        if (nulls && kind != Kind.TEXT) {
            throw new InvalidRule(key, "null cannot be compared in '" + key.text() + "'");
        }
        var some = others.isEmpty() ? new Condition.Fixed(false) : new Condition.Some(field, matcher(others));
        if (!nulls) {
            return some;
        }
        return others.isEmpty() ? new Condition.IsNull(field) : new Condition.Or(List.of(new Condition.IsNull(field), some));
    }

    private Matcher matcher(List<Operand> alternatives) {
        var matchers = kind == Kind.TEXT ? texts(alternatives) : alternatives.stream().map(this::matcher).toList();
        return matchers.size() == 1 ? matchers.getFirst() : new Matcher.Either(matchers);
    }

    private List<Matcher> texts(List<Operand> alternatives) {
        var whole = new HashSet<String>();
        var others = new ArrayList<Matcher>();
        for (var operand : alternatives) {
            var text = cased ? operand.text() : folded(operand.text());
            if (text.hasWildcard()) {
                others.add(like(Glob.of(text)));
            } else {
                whole.add(text.chars());
            }
            var node = operand.node();
            if (modifiers == 0 && (node.kind() == YamlNode.Kind.INT || node.kind() == YamlNode.Kind.FLOAT)) {
                others.add(new Matcher.Compares(Relation.EQ, number(node)));
            }
        }
        if (!whole.isEmpty()) {
            others.addFirst(cased ? new Matcher.IsExactly(whole) : new Matcher.Is(whole));
        }
        return others;
    }

    /// Wildcards at the ends only, the usual case, are cheaper without them.
    private Matcher like(Glob glob) {
        var pieces = glob.pieces();
        boolean plain = pieces.stream().noneMatch(SigmaText::hasWildcard);
        boolean open = pieces.getFirst().chars().isEmpty();
        boolean shut = pieces.getLast().chars().isEmpty();
        if (plain && pieces.size() == 3 && open && shut) {
            return new Matcher.Holds(Part.ANYWHERE, pieces.get(1).chars(), cased);
        }
        if (plain && pieces.size() == 2 && (open || shut)) {
            return new Matcher.Holds(open ? Part.END : Part.START, open ? pieces.getLast().chars() : pieces.getFirst().chars(), cased);
        }
        return new Matcher.Like(glob, cased);
    }

    private static SigmaText folded(SigmaText text) {
        var lower = Row.fold(text.chars());
        return lower.length() == text.chars().length() ? new SigmaText(lower, text.wild(), text.bytes()) : text;
    }

    private Matcher matcher(Operand operand) {
        var node = operand.node();
        var time = timePart;
        return switch (kind) {
            case REGEX -> Regexes.compile(node.text(), regexFlags, node);
            case NETWORK -> Matcher.InNetwork.parse(operand.text().chars(), node);
            case NUMBER -> time == null ? new Matcher.Compares(relation, number(node)) : new Matcher.ComparesTime(time, relation, number(node));
            case VERSION -> new Matcher.ComparesVersion(relation, version(operand));
            case FIELD -> new Matcher.IsField(scope.field(node.text(), node), part, cased);
            case TEXT, EXISTS -> throw new IllegalStateException("texts are read together");
        };
    }

    private double number(YamlNode.Scalar node) {
        var number = Matcher.numeric(node.text());
        if (number == null) {
            throw new InvalidRule(node, "'" + key.text() + "' needs a number, got " + node.kindName());
        }
        return number;
    }

    private static Version version(Operand operand) {
        var version = Version.parse(operand.text().chars());
        if (version == null) {
            throw new InvalidRule(operand.node(), "not a version: '" + operand.text().chars() + "'; write it like 2.1.288");
        }
        return version;
    }

    private Condition keywordCondition() {
        if (kind != Kind.TEXT) {
            throw new InvalidRule(key, "keywords take texts only, got '" + key.text() + "'");
        }
        var keywords = operands.stream().<Condition>map(alternatives -> new Condition.Or(alternatives.stream()
                .<Condition>map(operand -> new Condition.Keyword(Glob.of(folded(operand.text()).afterAnything().beforeAnything()))).toList()))
                .toList();
        return all ? new Condition.And(keywords) : new Condition.Or(keywords);
    }
}
