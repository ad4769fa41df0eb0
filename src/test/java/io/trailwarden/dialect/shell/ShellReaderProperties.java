package io.trailwarden.dialect.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for any text: it is read without failing, in bounded time, into bounded facts.
class ShellReaderProperties {

    private static final long SEED = 20_261_121;

    /// Fragments that open, close and mix what the grammar knows.
    private static final List<String> FRAGMENTS = List.of("$(", ")", "`", "'", "\"", "$'", "${", "}", "{", "((", "))", "<<E\n", "\nE\n", "<<<", "<(", "|", "||", "&", "&&", ";", ";;", "\n", "if ", "then ", "fi ", "for x in ",
            "do ", "done ", "case ", "esac ", "in ", "[[ ", " ]]", "\\", "#", "=", "a=", "$a", "$a$a", "{a,b}", "{1..9}", "bash -c ", "sudo ", "env ", "eval ", "xargs ", "curl ", "http://h.example/", "base64 -d ", "echo ", "-", " ", "*", "?(", "\t", "é", "\u0000", "\uFFFC", "\uD800", "0", ">&", "2>", "function f ", "() ");

    private static CommandFacts read(String command) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> new ShellReader().read(command), () -> "seed " + SEED);
    }

    private static int size(CommandFacts facts) {
        return Stream.of(facts.programs(), facts.reads(), facts.writes(), facts.deletes(), facts.hosts(), facts.urls(), facts.pipes(), facts.remotes()).flatMap(List::stream).mapToInt(String::length).sum()
                + facts.calls().stream().flatMap(List::stream).mapToInt(String::length).sum();
    }

    private static void holds(String command) {
        var facts = new ShellReader().read(command);

        assertThat(size(facts)).as("seed %d, command %s", SEED, command).isLessThan(4 * (100_000 + 32 * command.length()));
        assertThat(new ShellReader().read(command)).as("seed %d, command %s", SEED, command).isEqualTo(facts);
    }

    @Test
    void anyCharactersAreRead() {
        var random = new Random(SEED);
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(200); length > 0; length--) {
                text.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
            }
            holds(text.toString());
        }
    }

    @Test
    void anyMixOfGrammarIsRead() {
        var random = new Random(SEED);
        for (int i = 0; i < 6000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
            }
            holds(text.toString());
        }
    }

    @Test
    void anyMutationOfAKnownCommandIsRead() {
        var random = new Random(SEED);
        for (var command : Corpus.all()) {
            for (int i = 0; i < 12; i++) {
                holds(mutated(command, random));
            }
        }
    }

    private static String mutated(String command, Random random) {
        var text = new StringBuilder(command);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                case 2 -> text.setLength(at);
                default -> text.append(text.substring(at));
            }
        }
        return text.toString();
    }

    /// Texts built to be slow or to grow: each unit repeated until the text is as long as is read.
    static Stream<String> bombs() {
        return Stream.of("$(", "`", "${a:-", "((", "$((", "(", "{", "{a,", "{a,b}", "'", "\"", "\"$(", "<(", "bash -c '", "sudo ", "env ", "eval ", "xargs ", "timeout 1 ", "if ", "if a; then ", "case a in ", "a() ", "[[ ", "{1..9}",
                "a|", "a&&", "a;", "a\n", "!", "time ", "<<E ", "<<E\n", "cat <<E\n$(", "$'\\x41", "\\", "\\\n", "#", "@(", "a=$a$a;", "a=b$a$a;", "a+=$a;", "x=(", "${a//b/", "echo a|", "echo a>f;cat f|", "<f ", ">f", "a[", "$[", "find . -exec ", "for i in 1 2 3 4 5 6 7 8;do ",
                "base64 -d<<<", "printf %s%s ", "python -c system(\"", "awk system(\"", "curl http://a/ ", "git -c a=b ", "a.", "{a..z}", "\t", ";;", "a b ", "-a ", "--a=", "nc -c ", "f(){ f|f&};f;", "$@", "~/", "\\(", "tar I ");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void noTextIsSlow(String unit) {
        var text = unit.repeat(ShellReader.MAX_CHARS / unit.length());

        var facts = read(text);

        assertThat(facts.calls()).hasSizeLessThanOrEqualTo(2 * Budget.MAX_CALLS);
        assertThat(size(facts)).isLessThan(4 * (100_000 + 32 * text.length()));
    }

    @Test
    void textBeyondTheLimitIsNotReadAndSaidSo() {
        var facts = read("curl http://a.example; " + " ".repeat(ShellReader.MAX_CHARS) + "; curl http://b.example");

        assertThat(facts.hosts()).containsExactly("a.example");
        assertThat(facts.parsed()).isFalse();
    }

    @Test
    void nestingBeyondTheLimitIsNotReadAndSaidSo() {
        var shallow = "$(".repeat(15) + "curl http://a.example" + ")".repeat(15);
        var deep = "$(".repeat(200) + "curl http://a.example" + ")".repeat(200);

        assertThat(read("echo " + shallow).hosts()).containsExactly("a.example");
        assertThat(read("echo " + deep).parsed()).isFalse();
    }
}
