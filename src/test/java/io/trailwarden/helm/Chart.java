package io.trailwarden.helm;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The chart in `helm/`, rendered by Helm itself.
final class Chart {

    private static final Path FOLDER = Path.of("helm");

    private Chart() {
    }

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /// The manifests for `helm/ci/<values>.yaml`, with further values as `--set` takes them: name, value, name, value.
    static String render(String values, String... further) {
        var command = helm().template().withName("trailwarden").withNamespace("security")
                .withValuesFile(FOLDER.resolve("ci").resolve(values + ".yaml"));
        for (int at = 0; at < further.length; at += 2) {
            command.set(further[at], further[at + 1]);
        }
        return command.call();
    }

    /// What [#render] gives, as maps and lists.
    static List<Node> manifests(String values, String... further) {
        var documents = new Load(LoadSettings.builder().build()).loadAllFromString(render(values, further));
        var found = new ArrayList<Node>();
        for (var document : documents) {
            if (document != null) {
                found.add(new Node(document));
            }
        }
        return found;
    }

    /// The only manifest of this kind.
    static Node manifest(String kind, String values, String... further) {
        var found = manifests(values, further).stream().filter(one -> one.at("kind").value().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError("%d manifests of kind %s for %s, expected one".formatted(found.size(), kind, values));
        }
        return found.getFirst();
    }

    static Node pod(String values, String... further) {
        return manifest("StatefulSet", values, further).at("spec", "template", "spec");
    }

    /// The names of the value files in `helm/ci`.
    static List<String> valueFiles() throws IOException {
        try (var files = Files.newDirectoryStream(FOLDER.resolve("ci"), "*.yaml")) {
            return StreamSupport.stream(files.spliterator(), false).map(file -> file.getFileName().toString().replace(".yaml", "")).sorted()
                    .toList();
        }
    }

    /// A part of a manifest.
    record Node(Object value) {

        /// The part under these keys; a missing one fails with the keys that are there.
        Node at(String... keys) {
            var current = value;
            for (var key : keys) {
                var map = (Map<?, ?>) current;
                if (!map.containsKey(key)) {
                    throw new AssertionError("no '%s' among %s".formatted(key, map.keySet()));
                }
                current = map.get(key);
            }
            return new Node(current);
        }

        /// The element of this list that has this name.
        Node named(String name) {
            return items().stream().filter(item -> name.equals(((Map<?, ?>) item.value()).get("name"))).findFirst()
                    .orElseThrow(() -> new AssertionError("nothing is named '%s' in %s".formatted(name, value)));
        }

        List<Node> items() {
            return ((List<?>) value).stream().<Node>map(Node::new).toList();
        }

        Map<?, ?> map() {
            return (Map<?, ?>) value;
        }
    }
}
