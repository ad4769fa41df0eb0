package io.trailwarden.database;

/// What to do about what PostgreSQL's programs said before they ended.
final class Advice {

    private Advice() {
    }

    /// Words for the person who started the program.
    ///
    /// @param said the last lines of a program's output, in English
    /// @return what is wrong and what mends it, or `said` when it is nothing that is known here
    static String on(String said) {
        // Says that no space is left, too, so it is asked first.
        if (said.contains("shared memory segment")) {
            return "shared memory (/dev/shm) is too small; give it 64 MB, or " + DatabaseNotStarted.BRING_YOUR_OWN;
        }
        if (said.contains("No space left on device")) {
            return "no space left on the disk of the data directory; make room, or move it with trailwarden.data-dir";
        }
        if (said.contains("could not look up effective user ID")) {
            return said + "; PostgreSQL asks for the name of the user it runs as: add one to /etc/passwd, or " + DatabaseNotStarted.BRING_YOUR_OWN;
        }
        return said;
    }
}
