package io.trailwarden.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// As whom PostgreSQL runs. It refuses to run as root, so a program that is root must become somebody else for it.
///
/// @param how what an operator calls it, such as `setpriv to nobody`
/// @param uid who owns the files, as this program sees it
/// @param gid their group
/// @param wrapper turns a command into one that runs as this account
record Account(String how, int uid, int gid, Wrapper wrapper) {

    private static final Duration PROBE = Duration.ofSeconds(20);

    /// Turns a command into one that runs as somebody.
    interface Wrapper {
        List<String> wrap(List<String> command);
    }

    /// A line of `/etc/passwd`.
    private record User(String name, int uid, int gid) {
    }

    /// The command that runs `command` as this account.
    List<String> wrap(List<String> command) {
        return wrapper.wrap(command);
    }

    /// The first account that can run the server: ourselves unless we are root.
    ///
    /// As root: the owner of existing data if that is somebody else; else a user namespace, in which root's files still
    /// are our own but we are not root; else a system user, who then owns the folder.
    ///
    /// @param home the folder that the account must be able to enter
    /// @throws DatabaseNotStarted naming all that was tried
    static Account find(Path home, Path data, PostgresPrograms programs) {
        requireThatTheyRun(programs);
        int self = owner(Path.of("/proc/self"), "unix:uid");
        if (self != 0) {
            return new Account("as ourselves", self, owner(Path.of("/proc/self"), "unix:gid"), command -> command);
        }
        var tried = new ArrayList<String>();
        for (var candidate : candidates(data)) {
            letIn(candidate, home);
            var refusal = refusal(candidate, programs);
            if (refusal.isEmpty()) {
                return candidate;
            }
            tried.add(candidate.how() + " (" + refusal.get() + ")");
        }
        throw new DatabaseNotStarted("PostgreSQL does not run as root, and nobody else could be found to run it; tried: %s. Start the program as an ordinary user, or %s"
                .formatted(String.join(", ", tried), DatabaseNotStarted.BRING_YOUR_OWN));
    }

    /// Gives `tree` to this account, if it belongs to somebody else and we may.
    void own(Path tree) {
        if (owner(tree, "unix:uid") == uid) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (var file : files.toList()) {
                Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new DatabaseNotStarted("%s belongs to user id %d, and PostgreSQL has to run as %d; change its owner with chown -R %d"
                    .formatted(tree.toAbsolutePath(), owner(tree, "unix:uid"), uid, uid), e);
        }
    }

    private static List<Account> candidates(Path data) {
        var users = users();
        int owner = Files.exists(data) ? owner(data, "unix:uid") : 0;
        var candidates = new ArrayList<Account>();
        users.stream().filter(user -> owner != 0 && user.uid() == owner).findFirst().ifPresent(user -> candidates.addAll(becoming(user)));
        candidates.add(new Account("a user namespace", 0, 0, command -> prefixed(List.of("unshare", "--user", "--"), command)));
        // Prefer the account made for this; nobody is on every system.
        Stream.of("postgres", "nobody").flatMap(name -> users.stream().filter(user -> user.name().equals(name)))
                .forEach(user -> candidates.addAll(becoming(user)));
        return candidates;
    }

    private static List<Account> becoming(User user) {
        return List.of(
                new Account("setpriv to " + user.name(), user.uid(), user.gid(), command -> prefixed(
                        List.of("setpriv", "--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups", "--"), command)),
                new Account("runuser to " + user.name(), user.uid(), user.gid(),
                        command -> prefixed(List.of("runuser", "-u", user.name(), "--"), command)),
                new Account("su to " + user.name(), user.uid(), user.gid(),
                        command -> List.of("su", "-s", "/bin/sh", user.name(), "-c", quoted(command))));
    }

    /// Why `candidate` cannot run the server; empty when it can. Runs the real program, so that a folder that may not be
    /// entered and a namespace that is not allowed show here.
    private static Optional<String> refusal(Account candidate, PostgresPrograms programs) {
        var postgres = programs.program("postgres").toString();
        var outcome = Tool.run(candidate.wrap(List.of("/bin/sh", "-c", "[ \"$(id -u)\" != 0 ] || { echo still root; exit 1; }; exec \"$0\" --version", postgres)), PROBE);
        if (outcome.ok()) {
            return Optional.empty();
        }
        return Optional.of(outcome.output().isEmpty() ? "exit status " + outcome.exit() : outcome.output().lines().reduce((_, last) -> last).orElse(""));
    }

    /// Telling its version is all that PostgreSQL does for root; it needs every library for that.
    private static void requireThatTheyRun(PostgresPrograms programs) {
        var outcome = Tool.run(List.of(programs.program("postgres").toString(), "--version"), PROBE);
        if (outcome.ok()) {
            return;
        }
        var advice = outcome.output().contains("shared libraries") ? "install the system library that is missing"
                : "they need Linux with glibc, not musl as in Alpine";
        throw new DatabaseNotStarted("the packaged PostgreSQL programs do not run here: %s; %s, or %s"
                .formatted(outcome.output(), advice, DatabaseNotStarted.BRING_YOUR_OWN));
    }

    /// A system user must be able to walk through the data directory to its own folder; it cannot list what is there.
    private static void letIn(Account candidate, Path home) {
        if (candidate.uid() == 0) {
            return;
        }
        for (var folder : List.of(home, home.toAbsolutePath().getParent())) {
            try {
                int mode = (Integer) Files.getAttribute(folder, "unix:mode");
                Files.setAttribute(folder, "unix:mode", mode & 07777 | 0011);
            } catch (IOException _) {
                // the probe says what that means
            }
        }
    }

    private static List<User> users() {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", -1)).filter(parts -> parts.length > 3)
                    .map(parts -> new User(parts[0], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]))).toList();
        } catch (IOException | NumberFormatException _) {
            return List.of();
        }
    }

    private static int owner(Path path, String attribute) {
        try {
            return (Integer) Files.getAttribute(path, attribute);
        } catch (IOException e) {
            throw new DatabaseNotStarted("cannot tell who owns %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    private static String quoted(List<String> command) {
        return command.stream().map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" ", "exec ", ""));
    }
}
