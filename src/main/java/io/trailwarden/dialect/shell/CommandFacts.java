package io.trailwarden.dialect.shell;

import java.util.List;

/// What a shell command would do, as far as its text tells. Lists are in order of appearance, without repeats.
///
/// @param parsed whether the whole text was understood; when not, the lists hold what was understood before that
/// @param programs names of the programs that would run, without folder and quoting: `c''url` is `curl`, and
///     `sudo env A=1 /usr/bin/curl` gives `sudo`, `env` and `curl`; those inside `bash -c`, substitutions, `xargs`,
///     here-documents fed to a shell, and text decoded to a shell as far as it is literal, are included
/// @param calls each simple command in words after quoting: program first, so that rules can ask for `git push --force`
/// @param reads files read: operands of readers (`cat`, `grep`, `cp`'s source, `curl -d @file`), `<` redirections
/// @param writes files written: `>` and `>>`, `tee`, `cp`'s and `mv`'s target, `dd of=`, `sed -i`
/// @param deletes files removed: operands of `rm`, `unlink`, `shred`, `find -delete`
/// @param hosts hosts spoken to, lower case, without port; literal addresses included
/// @param urls URLs as written after quoting
/// @param pipes each pipe as `left|right` program names, such as `base64|curl`
/// @param marks what is notable about the shape as a whole, see [Mark]
/// @param remotes what `git push`, `fetch`, `clone`, `remote add|set-url` name: `origin`, or a URL
public record CommandFacts(
        boolean parsed,
        List<String> programs,
        List<List<String>> calls,
        List<String> reads,
        List<String> writes,
        List<String> deletes,
        List<String> hosts,
        List<String> urls,
        List<String> pipes,
        List<Mark> marks,
        List<String> remotes) {

    public CommandFacts {
        programs = List.copyOf(programs);
        calls = calls.stream().map(List::copyOf).toList();
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        deletes = List.copyOf(deletes);
        hosts = List.copyOf(hosts);
        urls = List.copyOf(urls);
        pipes = List.copyOf(pipes);
        marks = List.copyOf(marks);
        remotes = List.copyOf(remotes);
    }

    /// Something about a command that is worth a name. The name in lower case is the value of `command.marks`.
    public enum Mark {
        /// Data flows into a program that sends it over the network: a pipe, a file operand, `/dev/tcp`.
        SENDS_TO_NETWORK,
        /// A program that talks to the network runs at all.
        USES_NETWORK,
        /// Something fetched from the network is run by a shell or interpreter.
        NETWORK_TO_SHELL,
        /// Something decoded (base64, hex, gzip, rot13) is run by a shell or interpreter.
        DECODE_TO_SHELL,
        /// Runs as another user: sudo, su, doas, pkexec.
        PRIVILEGED,
        /// A shell whose input and output are a network connection.
        REVERSE_SHELL,
        /// Deletes recursively and without asking.
        FORCED_DELETE,
        /// `git push` that rewrites or deletes what is there.
        FORCE_PUSH,
        /// Publishes a package or image: npm publish, twine upload, docker push, cargo publish, gem push, ...
        PUBLISHES,
        /// The program's name is computed, so it cannot be known: `$X`, `$(...)`.
        COMPUTED_PROGRAM,
        /// Quoting or escapes that serve no purpose but to hide a word: `c''url`, `cu\rl`, `$'\x63'`.
        HIDDEN_WORD
    }
}
