package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.trailwarden.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A picture of the documentation: a page of the console with the demo in it, light and dark.
///
/// Pictures are not taken at each test run, because no two are alike to the byte; they are taken anew with
/// `-Dtrailwarden.docs.write=true`. The headings that the page had are kept beside them, and a page that has lost more than
/// half of them is one whose pictures are out of date.
///
/// @param name file name without ending
/// @param page path in the console; of an alert or a person, the one that the demo prints first
record Picture(String name, String page) {

    static final List<Picture> ALL = List.of(new Picture("overview", ""), new Picture("alerts", "alerts"), new Picture("alert", "alerts/"),
            new Picture("person", "people/"));

    private static final Path FOLDER = Path.of("docs/pictures");
    private static final long LARGEST = 250_000;
    private static final Pattern SHOWN = Pattern.compile("(?:\\]\\(|srcset=\"|src=\")((?:docs/)?pictures/[^)\"]+)");

    /// Where in the console.
    String path(Demo demo) {
        if (!page.endsWith("/")) {
            return page;
        }
        var link = demo.links().stream().filter(one -> one.contains("/" + page)).findFirst().orElseThrow();
        return link.substring(link.indexOf("/" + page) + 1);
    }

    void takeOrCompare(Page shown) throws IOException {
        if (Boolean.getBoolean("trailwarden.docs.write")) {
            take(shown);
        }
        for (var file : List.of(file(""), file("-dark"))) {
            assertThat(file).exists();
            assertThat(Files.size(file)).as(file + " in bytes").isLessThan(LARGEST);
        }
        var kept = Files.readAllLines(headings());
        var now = headings(shown);
        assertThat(kept.stream().filter(now::contains).count() * 2).as("headings %s of the page that is pictured, of which there are now %s; take new pictures", kept, now)
                .isGreaterThanOrEqualTo(kept.size());
    }

    private void take(Page shown) throws IOException {
        Files.createDirectories(FOLDER);
        shown.setViewportSize(1360, 820);
        Files.write(headings(), headings(shown));
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            shown.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            // Colours fade from one scheme to the other.
            shown.waitForTimeout(700);
            shown.screenshot(new Page.ScreenshotOptions().setPath(file(scheme == ColorScheme.DARK ? "-dark" : "")));
        }
        shown.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        shown.setViewportSize(1440, 900);
    }

    /// Without numbers and names, which differ from demo to demo: of a page's headings only those of its parts.
    private static List<String> headings(Page shown) {
        return shown.locator("h2").allTextContents().stream().map(text -> text.replaceAll("\\d+", "n").strip()).toList();
    }

    private Path headings() {
        return FOLDER.resolve(name + ".headings.txt");
    }

    private Path file(String suffix) {
        return FOLDER.resolve(name + suffix + ".png");
    }

    static void everyOneThatIsShownExists() throws IOException {
        try (var pages = Stream.concat(Stream.of(Path.of("README.md")), Files.walk(Path.of("docs")).filter(file -> file.toString().endsWith(".md")))) {
            for (var page : pages.toList()) {
                var shown = SHOWN.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
                assertThat(shown).allSatisfy(picture -> assertThat(page.resolveSibling(picture)).as("in " + page).exists());
            }
        }
        assertThat(Files.readString(Path.of("README.md"))).contains("docs/pictures/overview.png");
    }
}
