package io.trailwarden.dialect.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Commands in `src/test/resources/shell`, one a line; `⏎` stands for a newline, lines that start with `//` are remarks.
final class Corpus {

    private Corpus() {
    }

    static List<String> all() {
        var all = new ArrayList<>(file("captured.txt"));
        all.addAll(file("usual.txt"));
        all.addAll(file("nasty.txt"));
        return all;
    }

    static List<String> file(String name) {
        try (var in = Corpus.class.getResourceAsStream("/shell/" + name)) {
            if (in == null) {
                throw new IllegalStateException("src/test/resources/shell/%s is missing".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank() && !line.startsWith("//")).map(line -> line.replace('⏎', '\n')).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
