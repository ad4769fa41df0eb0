package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.CommandFacts.Mark;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers what becomes [CommandFacts].
final class Facts {

    private static final Set<String> NO_FILES = Set.of("", "-", "/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty");

    private final Budget budget;
    private final Set<String> programs = new LinkedHashSet<>();
    private final Set<List<String>> calls = new LinkedHashSet<>();
    private final Set<String> reads = new LinkedHashSet<>();
    private final Set<String> writes = new LinkedHashSet<>();
    private final Set<String> deletes = new LinkedHashSet<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> urls = new LinkedHashSet<>();
    private final Set<String> pipes = new LinkedHashSet<>();
    private final Set<String> remotes = new LinkedHashSet<>();
    private final EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
    private boolean complete = true;

    Facts(Budget budget) {
        this.budget = budget;
    }

    private void add(Set<String> to, String text) {
        if (budget.spend(text.length() + 1)) {
            to.add(text);
        }
    }

    void program(String name) {
        add(programs, name);
    }

    void call(List<Value> words, String program) {
        var texts = new ArrayList<String>();
        texts.add(program);
        for (var word : words.subList(1, Math.min(words.size(), Budget.MAX_WORDS))) {
            if (!budget.spend(word.text().length() + 1)) {
                return;
            }
            texts.add(word.text());
        }
        if (words.size() > Budget.MAX_WORDS) {
            incomplete();
        }
        calls.add(texts);
    }

    void read(Value file) {
        file(reads, file.text());
    }

    void write(Value file) {
        file(writes, file.text());
    }

    void delete(Value file) {
        file(deletes, file.text());
    }

    private void file(Set<String> to, String name) {
        if (!NO_FILES.contains(name) && !name.startsWith("/dev/fd/") && !name.startsWith("<(") && !name.startsWith(">(")) {
            add(to, name);
        }
    }

    void host(@Nullable String host) {
        if (host != null) {
            add(hosts, host);
        }
    }

    void url(String url) {
        add(urls, url);
    }

    void pipe(String left, String right) {
        add(pipes, left + "|" + right);
    }

    void remote(Value remote) {
        add(remotes, remote.text());
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    void incomplete() {
        complete = false;
    }

    CommandFacts finish() {
        return new CommandFacts(complete && !budget.exhausted(), List.copyOf(programs), List.copyOf(calls), List.copyOf(reads), List.copyOf(writes),
                List.copyOf(deletes), List.copyOf(hosts), List.copyOf(urls), List.copyOf(pipes), List.copyOf(marks), List.copyOf(remotes));
    }
}
