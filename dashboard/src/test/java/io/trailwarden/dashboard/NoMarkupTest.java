package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a client sent must never be read as markup: the ways in which Vaadin would are not used at all.
class NoMarkupTest {

    private static final List<String> FORBIDDEN = List.of("new Html(", "component.Html;", "innerHTML", "unsafeHTML", "Markdown",
            "insertAdjacentHTML", "outerHTML", "document.write", "eval(");

    @Test
    void noPageMakesMarkupOfText() throws IOException {
        try (var files = Files.walk(Path.of("dashboard", "src", "main"))) {
            var sources = files.filter(Files::isRegularFile).toList();

            assertThat(sources).isNotEmpty().allSatisfy(source -> assertThat(text(source)).doesNotContain(FORBIDDEN));
        }
    }

    @Test
    void noPageAsksAnotherHostForAnything() throws IOException {
        try (var files = Files.walk(Path.of("dashboard", "src", "main", "resources"))) {
            assertThat(files.filter(Files::isRegularFile).toList()).isNotEmpty().allSatisfy(source ->
                    assertThat(text(source).replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://", "//cdn"));
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
