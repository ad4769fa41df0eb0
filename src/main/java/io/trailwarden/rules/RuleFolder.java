package io.trailwarden.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;

/// Rule files in a folder or in the program itself, in the order of their paths.
final class RuleFolder {

    /// The lists that ship; not a rule.
    static final String POLICY = "policy.yaml";

    private RuleFolder() {
    }

    /// The files under `folder`, named from there with `label` before.
    static List<RuleFile> read(Path folder, String label) {
        try (var paths = Files.walk(folder)) {
            var files = new ArrayList<RuleFile>();
            for (var path : paths.filter(path -> isRule(path) && !isHidden(folder.relativize(path))).sorted().toList()) {
                files.add(new RuleFile(label + folder.relativize(path).toString().replace('\\', '/'), readText(path)));
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static boolean isRule(Path path) {
        var name = String.valueOf(path.getFileName());
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /// Kubernetes mounts a ConfigMap as links into a hidden folder beside them, so each file would be read twice.
    private static boolean isHidden(Path below) {
        for (var part : below) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /// Longer than any rule may be is not read in whole; the loader says that it is too long.
    private static String readText(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return new String(in.readNBytes(2 * Yaml.MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// The files that ship with the program, from `rules/` on its class path.
    static List<RuleFile> packaged() {
        var policy = RuleFolder.class.getClassLoader().getResource("rules/" + POLICY);
        if (policy == null) {
            throw new IllegalStateException("the program holds no rules/" + POLICY + "; it was not built whole");
        }
        try {
            return policy.getProtocol().equals("jar") ? inJar(policy) : read(Path.of(policy.toURI()).resolveSibling(""), "rules/");
        } catch (URISyntaxException | IOException unreadable) {
            throw new IllegalStateException("cannot read the rules of the program at " + policy, unreadable);
        }
    }

    private static List<RuleFile> inJar(URL policy) throws IOException {
        var files = new ArrayList<RuleFile>();
        var connection = (JarURLConnection) policy.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (var entry : jar.stream().filter(one -> one.getName().startsWith("rules/") && isRule(Path.of(one.getName()))).toList()) {
                try (var in = jar.getInputStream(entry)) {
                    files.add(new RuleFile(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        files.sort(Comparator.comparing(RuleFile::path));
        return files;
    }

    static boolean isPolicy(RuleFile file) {
        return file.path().equals(POLICY) || file.path().endsWith("/" + POLICY);
    }
}
