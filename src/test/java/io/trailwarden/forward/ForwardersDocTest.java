package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.DocumentCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ForwardersDocTest {

    private static final String PAGE = "docs/forwarders.md";

    @Test
    void everyKindHasItsRowAndItsOptions() throws IOException {
        var page = Files.readString(Path.of(PAGE));

        page = filled(page, "kinds", kinds());
        page = filled(page, "common", options(CommonOptions.ALL));
        for (var kind : Kinds.ALL) {
            page = filled(page, kind.name(), options(kind.options()));
        }

        DocumentCheck.assertDocument(PAGE, page);
    }

    @Test
    void everyKindIsToldInTheSameFourSteps() throws IOException {
        var page = Files.readString(Path.of(PAGE));

        for (var kind : Kinds.ALL) {
            int begin = page.indexOf("\n## `" + kind.name() + "`");
            assertThat(begin).as("a section for " + kind.name()).isPositive();
            int end = page.indexOf("\n## ", begin + 1);
            assertThat(page.substring(begin, end < 0 ? page.length() : end))
                    .containsSubsequence("### What you need there", "### What to set here", "### How to see it works", "### What goes wrong");
        }
    }

    /// What stands between the marks called `name` is written by this test.
    private static String filled(String page, String name, String text) {
        var marks = Pattern.compile("(<!-- " + name + " -->\n).*?(<!-- end -->)", Pattern.DOTALL).matcher(page);
        assertThat(marks.find()).as("marks for " + name).isTrue();
        return marks.replaceFirst("$1" + Matcher.quoteReplacement(text) + "$2");
    }

    private static String kinds() {
        var table = new StringBuilder("| kind | destination | promise | at once |\n|---|---|---|---|\n");
        for (var kind : Kinds.ALL) {
            var limits = kind.limits();
            table.append(String.format(Locale.ROOT, "| [`%s`](#%s) | %s | %s | %,d items, %,d bytes; one item %,d bytes |\n", kind.name(), kind.name(), kind.destination(),
                    kind.promise(), limits.items(), limits.batchBytes(), limits.itemBytes()));
        }
        return table.toString();
    }

    private static String options(List<Option> options) {
        var table = new StringBuilder("| option | standard | accepted | meaning |\n|---|---|---|---|\n");
        options.stream().flatMap(ForwardersDocTest::rows).forEach(table::append);
        return table.toString();
    }

    private static Stream<String> rows(Option option) {
        var row = "| `%s` | %s | %s | %s |\n".formatted(option.name(), option.required() ? "must be set" : option.standard().isEmpty() ? "" : "`" + option.standard() + "`",
                option.takes().accepts(), option.meaning());
        return option.takes() instanceof Option.Takes.Secret
                ? Stream.of(row, "| `%s-file` | | a file that this user may read | Holds the same, in place of the variable |\n".formatted(option.name()))
                : Stream.of(row);
    }
}
