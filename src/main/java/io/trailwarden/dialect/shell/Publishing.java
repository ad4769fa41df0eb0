package io.trailwarden.dialect.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Commands that publish a package, image or release, by program and the words that follow it.
final class Publishing {

    private static final Map<String, Set<String>> VERBS = Map.ofEntries(
            Map.entry("npm", Set.of("publish")), Map.entry("pnpm", Set.of("publish")), Map.entry("yarn", Set.of("publish", "npm publish")), Map.entry("bun", Set.of("publish")),
            Map.entry("cargo", Set.of("publish")), Map.entry("gem", Set.of("push")), Map.entry("twine", Set.of("upload")), Map.entry("poetry", Set.of("publish")),
            Map.entry("uv", Set.of("publish")), Map.entry("flit", Set.of("publish")), Map.entry("hatch", Set.of("publish")), Map.entry("pdm", Set.of("publish")),
            Map.entry("docker", Set.of("push", "image push", "compose push", "manifest push")), Map.entry("podman", Set.of("push")), Map.entry("nerdctl", Set.of("push")), Map.entry("buildah", Set.of("push")),
            Map.entry("helm", Set.of("push")), Map.entry("crane", Set.of("push", "copy")), Map.entry("skopeo", Set.of("copy", "sync")), Map.entry("oras", Set.of("push")),
            Map.entry("vsce", Set.of("publish")), Map.entry("ovsx", Set.of("publish")), Map.entry("lerna", Set.of("publish")), Map.entry("changeset", Set.of("publish")), Map.entry("jsr", Set.of("publish")), Map.entry("deno", Set.of("publish")),
            Map.entry("dart", Set.of("pub publish")), Map.entry("flutter", Set.of("pub publish")), Map.entry("mix", Set.of("hex.publish")), Map.entry("pod", Set.of("trunk push")),
            Map.entry("gh", Set.of("release create", "release upload", "gist create")), Map.entry("glab", Set.of("release create")), Map.entry("goreleaser", Set.of("release")),
            Map.entry("dotnet", Set.of("nuget push")), Map.entry("nuget", Set.of("push")), Map.entry("conda", Set.of("upload")), Map.entry("anaconda", Set.of("upload")),
            Map.entry("mvn", Set.of("deploy")), Map.entry("mvnw", Set.of("deploy")), Map.entry("gradle", Set.of("publish")), Map.entry("gradlew", Set.of("publish")));

    private Publishing() {
    }

    static boolean publishes(Call call) {
        if (call.name().equals("npx") || call.name().equals("pnpx") || call.name().equals("bunx")) {
            return call.words().size() > 2 && publishes(new Call(call.words().get(call.word(1).startsWith("-") ? 2 : 1).text(), call.from(call.word(1).startsWith("-") ? 2 : 1), null, call.walk()));
        }
        var verbs = VERBS.get(call.name());
        if (verbs == null) {
            return call.name().equals("setup.py") && call.words().stream().anyMatch(word -> word.text().equals("upload"));
        }
        var operands = call.words().stream().skip(1).map(Value::text).filter(word -> !word.startsWith("-")).toList();
        boolean anywhere = Set.of("mvn", "mvnw", "gradle", "gradlew").contains(call.name());
        return verbs.stream().anyMatch(verb -> anywhere ? operands.stream().anyMatch(word -> word.startsWith(verb)) : contains(operands, verb))
                || (call.name().equals("docker") && operands.contains("build") && call.words().stream().anyMatch(word -> word.text().equals("--push")));
    }

    /// Whether the verb's words come first, or behind the value of one option (`npm --prefix dir publish`).
    private static boolean contains(List<String> operands, String verb) {
        var words = List.of(verb.split(" "));
        for (int from = 0; from <= Math.min(1, operands.size() - words.size()); from++) {
            boolean afterCommand = from > 0 && Set.of("run", "install", "help", "exec", "i", "add", "build", "view", "test").contains(operands.getFirst());
            if (!afterCommand && operands.subList(from, from + words.size()).equals(words)) {
                return true;
            }
        }
        return false;
    }
}
