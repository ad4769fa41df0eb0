package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads YAML 1.2 documents, within bounds: rules may come from strangers.
final class Yaml {

    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_NODES = 20_000;
    private static final int MAX_DEPTH = 40;

    private int nodes;

    private Yaml() {
    }

    /// The documents of `text`, empty ones left out.
    ///
    /// @throws InvalidRule at the first thing that is not YAML, or too much of it
    static List<YamlNode> documents(String text) {
        if (text.length() > MAX_BYTES) {
            throw new InvalidRule(new YamlNode.Place(1, 1), "file must be at most " + MAX_BYTES + " characters, got " + text.length());
        }
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).setUseMarks(true).setAllowDuplicateKeys(true)
                .setCodePointLimit(MAX_BYTES).build();
        var documents = new ArrayList<YamlNode>();
        var reader = new Yaml();
        try {
            for (var node : new Compose(settings).composeAllFromReader(new WholeCharacters(text))) {
                var read = reader.read(node, 0);
                if (!(read instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                    documents.add(read);
                }
            }
        } catch (MarkedYamlEngineException broken) {
            var place = broken.getProblemMark().map(Yaml::place).orElse(new YamlNode.Place(1, 1));
            throw new InvalidRule(place, "not YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new InvalidRule(new YamlNode.Place(1, 1), "not YAML: " + firstLine(String.valueOf(broken.getMessage())));
        }
        return documents;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private YamlNode read(Node node, int depth) {
        var place = place(node.getStartMark());
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new InvalidRule(place, "file must hold at most " + MAX_NODES + " values, " + MAX_DEPTH + " deep");
        }
        return switch (node) {
            case ScalarNode scalar -> new YamlNode.Scalar(place, scalar.getValue(), kind(scalar.getTag()));
            case SequenceNode sequence -> {
                var values = new ArrayList<YamlNode>();
                for (var value : sequence.getValue()) {
                    values.add(read(value, depth + 1));
                }
                yield new YamlNode.Items(place, values);
            }
            case MappingNode mapping -> fields(mapping, place, depth);
            default -> throw new InvalidRule(place, "anchors that refer to themselves are not accepted");
        };
    }

    private YamlNode fields(MappingNode mapping, YamlNode.Place place, int depth) {
        var entries = new ArrayList<YamlNode.Entry>();
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            if (!(read(tuple.getKeyNode(), depth + 1) instanceof YamlNode.Scalar key)) {
                throw new InvalidRule(place, "keys must be plain text");
            }
            if (!seen.add(key.text())) {
                throw new InvalidRule(key, "key '" + key.text() + "' occurs twice");
            }
            entries.add(new YamlNode.Entry(key, read(tuple.getValueNode(), depth + 1)));
        }
        return new YamlNode.Fields(place, entries);
    }

    private static YamlNode.Place place(Optional<Mark> mark) {
        return mark.map(Yaml::place).orElse(new YamlNode.Place(1, 1));
    }

    private static YamlNode.Place place(Mark mark) {
        return new YamlNode.Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static YamlNode.Kind kind(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return YamlNode.Kind.INT;
        }
        if (tag.equals(Tag.FLOAT)) {
            return YamlNode.Kind.FLOAT;
        }
        if (tag.equals(Tag.BOOL)) {
            return YamlNode.Kind.BOOL;
        }
        return tag.equals(Tag.NULL) ? YamlNode.Kind.NULL : YamlNode.Kind.TEXT;
    }
}
