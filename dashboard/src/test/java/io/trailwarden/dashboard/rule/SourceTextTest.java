package io.trailwarden.dashboard.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.rule.SourceText.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A rule's text for the eye.
class SourceTextTest {

    @Test
    void keysTextsNumbersAndCommentsAreToldApart() {
        assertThat(SourceText.pieces("  command.reads|expand: '%secret_files%'  # 41 patterns")).containsExactly(new Piece("  ", ""),
                new Piece("command.reads|expand:", "k"), new Piece(" ", ""), new Piece("'%secret_files%'", "st"), new Piece("  ", ""),
                new Piece("# 41 patterns", "co"));
        assertThat(SourceText.pieces("timespan: 5m")).containsExactly(new Piece("timespan:", "k"), new Piece(" ", ""), new Piece("5m", "nu"));
        assertThat(SourceText.pieces("a#b is http://x.example/#y")).containsExactly(new Piece("a#b is http://x.example/#y", ""));
    }

    @Test
    void everyShippedRuleIsShownAsItIs() throws IOException {
        try (var files = Files.walk(Path.of("rules"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (var line : Files.readAllLines(file)) {
                    assertThat(SourceText.pieces(line).stream().map(Piece::text).collect(Collectors.joining())).isEqualTo(line);
                }
            }
        }
    }

    @Test
    void testsAreLeftOutWhereNothingFollowsThem() {
        assertThat(SourceText.withoutTests("title: x\ntests:\n  - name: y\n")).isEqualTo(List.of("title: x"));
        assertThat(SourceText.withoutTests("title: x\ntests:\n---\ntitle: z\n")).hasSize(4);
        assertThat(SourceText.withoutTests("title: x\n")).hasSize(1);
    }
}
