package io.trailwarden.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// A server as its file `postmaster.pid` describes it.
///
/// @param pid process id of the server
/// @param port TCP port; 0 when not told yet
/// @param status `starting`, `ready`, `stopping`, `standby`, or empty when not told yet
/// @see <a href="https://www.postgresql.org/docs/18/storage-file-layout.html">PostgreSQL, database file layout</a>
record Postmaster(long pid, int port, String status) {

    /// What `data` says about the server on it; empty when there is no file or it makes no sense.
    static Optional<Postmaster> of(Path data) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
            long pid = Long.parseLong(lines.getFirst().strip());
            int port = lines.size() > 3 && !lines.get(3).isBlank() ? Integer.parseInt(lines.get(3).strip()) : 0;
            return Optional.of(new Postmaster(pid, port, lines.size() > 7 ? lines.get(7).strip() : ""));
        } catch (IOException | NumberFormatException | NoSuchElementException _) {
            return Optional.empty();
        }
    }

    /// Whether the process lives and is a PostgreSQL on `data`: process ids are used again, after a reboot at the latest.
    boolean runsOn(Path data) {
        try {
            var command = command();
            return command.getFirst().endsWith("postgres") && command.contains(data.toString());
        } catch (IOException _) {
            return false;
        }
    }

    /// Whether the process was started from `program`; false when that cannot be told.
    boolean runs(Path program) {
        try {
            return command().getFirst().equals(program.toString());
        } catch (IOException _) {
            return false;
        }
    }

    private List<String> command() throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8).split("\0", -1));
    }
}
