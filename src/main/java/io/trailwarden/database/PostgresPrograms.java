package io.trailwarden.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jboss.logging.Logger;

/// The packaged PostgreSQL programs, unpacked into a folder that is named by the digest of the archive they came in.
///
/// The folder appears under its name only when it is complete, so what is there is whole and is what this version packs.
record PostgresPrograms(Path folder) {

    private static final Logger LOG = Logger.getLogger(PostgresPrograms.class);

    /// Unpacks below `parent` unless that was done before.
    ///
    /// @throws DatabaseNotStarted when there are no programs for this platform, or no room for them (60 MB)
    static PostgresPrograms unpack(Path parent) {
        var archive = archive();
        try {
            var folder = parent.resolve("postgresql-" + digest(archive));
            if (!Files.isDirectory(folder)) {
                unpack(archive, parent, folder);
            }
            return new PostgresPrograms(folder.toRealPath());
        } catch (IOException e) {
            throw new DatabaseNotStarted("PostgreSQL cannot be unpacked into %s, which needs 60 MB: %s"
                    .formatted(parent.toAbsolutePath(), reason(e)), e);
        }
    }

    /// Path of `initdb`, `pg_ctl` or `postgres`.
    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /// Deletes what earlier versions unpacked beside this one; only while none of their servers runs.
    void removeOthers() {
        try (Stream<Path> siblings = Files.list(folder.getParent())) {
            for (var sibling : siblings.filter(path -> path.getFileName().toString().startsWith("postgresql-")).toList()) {
                if (!sibling.toRealPath().equals(folder)) {
                    deleteTree(sibling);
                }
            }
        } catch (IOException e) {
            LOG.warnf("Old PostgreSQL programs were left behind: folder=%s reason=%s", folder.getParent(), e.getMessage());
        }
    }

    /// Deletes `tree` and all in it; a missing one is fine.
    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String archive() {
        var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        return switch (system.toLowerCase(Locale.ROOT)) {
            case "linux amd64", "linux x86_64" -> "/postgres-linux-x86_64.txz";
            case "linux aarch64", "linux arm64" -> "/postgres-linux-arm_64.txz";
            default -> throw new DatabaseNotStarted("no PostgreSQL is packaged for %s, only for Linux on x86-64 and ARM64; %s"
                    .formatted(system, DatabaseNotStarted.BRING_YOUR_OWN));
        };
    }

    private static void unpack(String archive, Path parent, Path folder) throws IOException {
        LOG.infof("Unpacking PostgreSQL: folder=%s", folder);
        var unfinished = Files.createTempDirectory(parent, "unpacking-");
        try {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(entry, tar, unfinished);
                }
            }
            moveInto(unfinished, folder);
        } finally {
            deleteTree(unfinished);
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("archive entry leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
    }

    private static void moveInto(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Somebody else was quicker; theirs is as good, because the name is the digest.
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static String digest(String archive) throws IOException {
        try (var bytes = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static InputStream open(String archive) {
        var stream = PostgresPrograms.class.getResourceAsStream(archive);
        if (stream == null) {
            throw new DatabaseNotStarted("this build of the program packs no PostgreSQL (%s is missing); %s"
                    .formatted(archive, DatabaseNotStarted.BRING_YOUR_OWN));
        }
        return stream;
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : String.valueOf(e.getMessage());
    }
}
