package io.trailwarden.rules;

import io.trailwarden.event.Field;
import io.trailwarden.event.FieldCatalogue;
import io.trailwarden.rules.Document.What;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes a [RuleSet] of rule files. Whatever is wrong is collected with its place, and leaves out its file and what refers
/// to it, nothing else.
final class RuleLoader {

    private static final int DEEPEST_CHAIN = 10;

    private final Policy policy;
    private final FieldNames fields;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Document, TreeMap<String, List<String>>> lists = new HashMap<>();

    private RuleLoader(Policy policy, FieldNames fields) {
        this.policy = policy;
        this.fields = fields;
    }

    /// Reads `files` against the catalogue of fields.
    static RuleSet load(Collection<RuleFile> files, Policy policy) {
        return load(files, policy, name -> FieldCatalogue.find(name).isPresent(), FieldCatalogue.all().stream().map(Field::name).toList());
    }

    /// Reads `files` against other fields.
    static RuleSet load(Collection<RuleFile> files, Policy policy, Predicate<String> known, Collection<String> catalogue) {
        return new RuleLoader(policy, new FieldNames(known, catalogue)).load(files);
    }

    /// The documents of a file as YAML, tests among them.
    static List<YamlNode> documents(RuleFile file) {
        return Yaml.documents(file.text());
    }

    private RuleSet load(Collection<RuleFile> files) {
        fields.number("event.name");
        fields.number("session.id");
        var documents = new ArrayList<Document>();
        for (var file : files) {
            documents.addAll(read(file));
        }
        var named = named(documents);
        var ordered = new ArrayList<Document>();
        for (var document : List.copyOf(documents)) {
            place(document, named, ordered, new ArrayList<>(), new HashSet<>());
        }
        return joined(withoutBroken(ordered, named), named);
    }

    /// The documents of one file, or none when any of them is wrong.
    private List<Document> read(RuleFile file) {
        var read = new ArrayList<Document>();
        int before = problems.size();
        try {
            for (var node : Yaml.documents(file.text())) {
                readDocument(file, node, read);
            }
        } catch (InvalidRule invalid) {
            problems.add(invalid.in(file.path()));
        }
        if (problems.size() > before) {
            return List.of();
        }
        return nameAfterFile(file, read);
    }

    private void readDocument(RuleFile file, YamlNode node, List<Document> read) {
        try {
            if (!(node instanceof YamlNode.Fields source)) {
                throw new InvalidRule(node, "a rule document is a map, got " + node.kindName());
            }
            var scope = new Scope(fields, policy);
            var document = new DocumentReader(file.path(), source, scope).read();
            lists.put(document, scope.usedLists());
            read.add(document);
        } catch (InvalidRule invalid) {
            problems.add(invalid.in(file.path()));
        }
    }

    /// The one document that alerts may leave its name to the file.
    private List<Document> nameAfterFile(RuleFile file, List<Document> read) {
        long alerting = read.stream().filter(Document::alerts).count();
        var named = new ArrayList<Document>();
        for (var document : read) {
            if (!document.name().isEmpty() || !document.alerts()) {
                named.add(document);
                continue;
            }
            if (alerting > 1) {
                problems.add(at(document, "a document that alerts needs a 'name', because its file has several"));
                return List.of();
            }
            var renamed = new Document(document.file(), document.source(), file.baseName(), document.sigmaId(), document.title(), document.level(),
                    document.description(), document.tags(), document.falsePositives(), document.what(), document.block());
            lists.put(renamed, lists.getOrDefault(document, new TreeMap<>()));
            named.add(renamed);
        }
        return named;
    }

    private static Problem at(Document document, String text) {
        return new Problem(document.file(), document.source().place().line(), document.source().place().column(), text);
    }

    private Map<String, Document> named(List<Document> documents) {
        var named = new LinkedHashMap<String, Document>();
        for (var document : List.copyOf(documents)) {
            for (var name : new TreeSet<>(List.of(document.name(), document.sigmaId()))) {
                var other = name.isEmpty() ? null : named.putIfAbsent(name, document);
                if (other != null) {
                    problems.add(at(document, "name '" + name + "' is taken by " + other.file()));
                    documents.remove(document);
                }
            }
        }
        return named;
    }

    /// Puts `document` after those it refers to.
    private void place(Document document, Map<String, Document> named, List<Document> ordered, List<Document> chain, Set<Document> broken) {
        if (ordered.contains(document)) {
            return;
        }
        if (chain.contains(document) || chain.size() > DEEPEST_CHAIN) {
            problems.add(at(document, "refers to itself over other rules, or over more than " + DEEPEST_CHAIN + " of them"));
            return;
        }
        chain.add(document);
        for (var reference : document.what().refersTo()) {
            var target = named.get(reference.text());
            if (target == null) {
                problems.add(new Problem(document.file(), reference.place().line(), reference.place().column(), "refers to '"
                        + reference.text() + "', which is unknown or broken" + FieldNames.proposal(reference.text(), named.keySet())
                                .replace("; docs/fields.md lists them", "")));
            } else {
                place(target, named, ordered, chain, broken);
            }
        }
        chain.removeLast();
        if (!ordered.contains(document)) {
            ordered.add(document);
        }
    }

    /// Leaves out files with problems, and what refers to them, until nothing changes.
    private List<Document> withoutBroken(List<Document> ordered, Map<String, Document> named) {
        var good = new ArrayList<>(ordered);
        boolean changed = true;
        while (changed) {
            var brokenFiles = new HashSet<>(problems.stream().map(Problem::file).toList());
            good.removeIf(document -> brokenFiles.contains(document.file()));
            changed = false;
            for (var document : good) {
                for (var reference : document.what().refersTo()) {
                    var target = named.get(reference.text());
                    if (target != null && !good.contains(target) && brokenFiles.contains(target.file())) {
                        problems.add(new Problem(document.file(), reference.place().line(), reference.place().column(),
                                "refers to '" + reference.text() + "', which is broken, see " + target.file()));
                        changed = true;
                    }
                }
            }
        }
        return good;
    }

    private RuleSet joined(List<Document> documents, Map<String, Document> named) {
        var silenced = silenced(documents, named);
        var versions = new HashMap<Document, String>();
        var indexes = new HashMap<Document, Integer>();
        var rules = new ArrayList<Rule>();
        for (var document : documents) {
            var targets = document.what().refersTo().stream().map(reference -> named.get(reference.text())).toList();
            versions.put(document, version(document, targets.stream().map(versions::get).toList()));
            int index = rules.size();
            indexes.put(document, index);
            var id = document.name().isEmpty() ? document.file() + '#' + document.source().place().line() : document.name();
            rules.add(new Rule(index, id, document, targets.stream().mapToInt(target -> indexes.getOrDefault(target, -1)).toArray(),
                    versions.getOrDefault(document, ""), silenced.contains(document), fields));
        }
        problems.sort(null);
        return new RuleSet(rules, fields, problems);
    }

    /// Rules that a correlation of their own file speaks for.
    private static Set<Document> silenced(List<Document> documents, Map<String, Document> named) {
        var silenced = new HashSet<Document>();
        var speaking = new HashSet<Document>();
        for (var document : documents) {
            if (document.what() instanceof What.Correlation correlation) {
                for (var reference : correlation.refersTo()) {
                    var target = named.get(reference.text());
                    if (target != null && target.file().equals(document.file())) {
                        (correlation.generate() ? speaking : silenced).add(target);
                    }
                }
            }
        }
        silenced.removeAll(speaking);
        return silenced;
    }

    /// Hash of what decides about findings: the document without its tests, the lists it uses, and what it refers to.
    private String version(Document document, List<@Nullable String> references) {
        var text = new StringBuilder();
        for (var entry : document.source().entries()) {
            if (!entry.key().text().equals("tests")) {
                entry.key().canonical(text);
                entry.value().canonical(text);
            }
        }
        text.append(lists.getOrDefault(document, new TreeMap<>())).append(references);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
