package io.trailwarden.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a data directory to one program at a time: a lock on its file `.lock`, which holds the owner's process id.
///
/// The operating system drops the lock when the owner dies, however it dies; the file stays and means nothing.
public final class DataDirLock implements AutoCloseable {

    private final FileChannel file;

    private DataDirLock(FileChannel file) {
        this.file = file;
    }

    /// Takes the directory, creating it when it is missing.
    ///
    /// @throws DatabaseNotStarted when another program has it, or it cannot be written
    public static DataDirLock take(Path dataDir) {
        var path = dataDir.resolve(".lock");
        FileChannel file;
        try {
            Files.createDirectories(dataDir);
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DatabaseNotStarted("data directory %s cannot be written: %s; trailwarden.data-dir names another"
                    .formatted(dataDir.toAbsolutePath(), e.getMessage()), e);
        }
        try {
            if (file.tryLock() == null) {
                throw taken(dataDir, file);
            }
            write(file);
            return new DataDirLock(file);
        } catch (OverlappingFileLockException _) {
            throw taken(dataDir, file);
        } catch (IOException e) {
            close(file);
            throw new DatabaseNotStarted("data directory %s cannot be locked: %s".formatted(dataDir.toAbsolutePath(), e.getMessage()), e);
        }
    }

    /// Gives the directory back.
    @Override
    public void close() {
        close(file);
    }

    private static void write(FileChannel file) throws IOException {
        file.truncate(0);
        file.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    }

    private static DatabaseNotStarted taken(Path dataDir, FileChannel file) {
        var owner = owner(file);
        close(file);
        return new DatabaseNotStarted("data directory %s is in use by another Trailwarden, process %s; stop that one, or give this one its own trailwarden.data-dir"
                .formatted(dataDir.toAbsolutePath(), owner));
    }

    private static String owner(FileChannel file) {
        var bytes = ByteBuffer.allocate(20);
        try {
            file.read(bytes, 0);
            return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
        } catch (IOException _) {
            return "unknown";
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException _) {
            // the lock goes with the process at the latest
        }
    }
}
