package io.trailwarden.redact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/// The key of the tags in markers. Ids are taken over redacted records, so a lost key also means that a record sent again
/// is not recognised; it belongs into the backup.
final class RedactionKey {

    private static final int BYTES = 32;

    private static final String FILE = "redaction.key";

    private RedactionKey() {
    }

    /// The key in `dataDir`, made there on first use with mode 0600.
    ///
    /// @throws IllegalStateException when the file holds something else than a key
    static byte[] in(Path dataDir) {
        var file = dataDir.resolve(FILE);
        try {
            Files.createDirectories(dataDir);
            if (!Files.exists(file)) {
                create(file);
            }
            var key = Files.readAllBytes(file);
            if (key.length != BYTES) {
                throw new IllegalStateException("%s must hold %d bytes, got %d; restore it from a backup, or delete it to begin anew"
                        .formatted(file, BYTES, key.length));
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("redaction key: cannot use " + file, e);
        }
    }

    /// Written aside and linked into place, so that no process ever reads half a key; the first of two wins.
    private static void create(Path file) throws IOException {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        var aside = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = Files.newByteChannel(aside, Set.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC))) {
            channel.write(java.nio.ByteBuffer.wrap(key));
        }
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException _) {
            // Another process was first; its key counts.
        } finally {
            Files.delete(aside);
        }
    }
}
