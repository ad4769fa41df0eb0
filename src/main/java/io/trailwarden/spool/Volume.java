package io.trailwarden.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Where segments are written. A place of its own so that tests can have disks that fill up and break.
interface Volume {

    /// The volume that the operating system gives us.
    Volume DISK = path -> {
        var file = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new DiskFile(file);
    };

    /// Opens `path` for writing, creating it when it is missing.
    File open(Path path) throws IOException;

    /// One open file; for one thread at a time.
    interface File extends AutoCloseable {

        /// Writes all of `bytes` at `offset`.
        void write(ByteBuffer bytes, long offset) throws IOException;

        /// Returns once everything written is on stable storage (`fdatasync`).
        ///
        /// After a failure nobody knows what is on disk and asking again lies, so it is never asked again.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Makes the names in `folder` durable: a file that was created or renamed is found after a power cut.
    static void forceFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Whether `failure` means that there is no room, which passes, rather than that the disk is broken.
    static boolean full(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    /// A file on a real disk.
    final class DiskFile implements File {

        private final FileChannel channel;

        private DiskFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
