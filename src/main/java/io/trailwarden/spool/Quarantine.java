package io.trailwarden.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jboss.logging.Logger;

/// Keeps bytes that do not pass their checksums, for a person to look at: one file per stretch, in `quarantine/`.
final class Quarantine {

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final int STEP = 1 << 16;

    private final Path folder;

    Quarantine(Path spoolFolder) {
        this.folder = spoolFolder.resolve("quarantine");
    }

    /// Keeps a broken stretch between good frames: acknowledged records were in it.
    void keep(long segment, SegmentReader reader, long from, long to) {
        var file = copy(segment, reader, from, to);
        LOG.errorf("Damaged stretch of the spool is passed over, records in it are lost: segment=%d offset=%d bytes=%d kept=%s", segment, from, to - from, file);
    }

    /// Keeps what was being written when the process ended. Nothing of it was acknowledged, unless the disk lost it.
    void keepTail(long segment, SegmentReader reader, long from, long size) throws IOException {
        long to = size;
        while (to > from && zeros(reader, Math.max(from, to - STEP), to)) {
            to = Math.max(from, to - STEP);
        }
        if (to > from) {
            LOG.warnf("Unfinished end of a segment is cut off: segment=%d offset=%d bytes=%d kept=%s", segment, from, to - from, copy(segment, reader, from, to));
        }
    }

    private Path copy(long segment, SegmentReader reader, long from, long to) {
        var file = folder.resolve(String.format(Locale.ROOT, "%016d-%d.bytes", segment, from));
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                long end = Math.min(to, reader.size());
                for (long at = from; at < end; at += STEP) {
                    channel.write(reader.raw(at, (int) Math.min(STEP, end - at)));
                }
            }
        } catch (IOException e) {
            LOG.warnf("Damaged bytes could not be kept aside: file=%s reason=%s", file, e.getMessage());
        }
        return file;
    }

    private static boolean zeros(SegmentReader reader, long from, long to) throws IOException {
        ByteBuffer bytes = reader.raw(from, (int) (to - from));
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }
}
