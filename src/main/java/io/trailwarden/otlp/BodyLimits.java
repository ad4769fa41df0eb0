package io.trailwarden.otlp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// How large a body may be, and inflating within that.
///
/// @param raw most bytes over the wire
/// @param inflated most bytes after inflation
/// @param ratio most times that inflation may multiply the bytes, beyond the first MiB
record BodyLimits(long raw, long inflated, int ratio) {

    private static final int FIRST = 1 << 20;
    private static final int STEP = 64 << 10;

    static BodyLimits of(OtlpConfig config) {
        return new BodyLimits(config.maxBody().asLongValue(), config.maxInflated().asLongValue(), config.maxRatio());
    }

    /// A stream that inflates `compressed`, all its gzip members, and refuses to become too large.
    ///
    /// @param size bytes of `compressed`
    InputStream gunzip(InputStream compressed, long size) throws IOException {
        return new Gunzip(compressed, Math.min(inflated, Math.max(FIRST, size * ratio)));
    }

    /// Reads all of `plain`, with its memory taken from `lease`.
    Unpacked read(InputStream plain, MemoryBudget.Lease lease, Duration patience) {
        byte[] bytes = new byte[STEP];
        int size = 0;
        if (!lease.grow(STEP, patience)) {
            return outOfMemory();
        }
        try {
            for (int read = plain.read(bytes); read >= 0; read = plain.read(bytes, size, bytes.length - size)) {
                size += read;
                if (size > inflated) {
                    return tooLarge();
                }
                if (size == bytes.length) {
                    if (!lease.grow(bytes.length, patience)) {
                        return outOfMemory();
                    }
                    bytes = Arrays.copyOf(bytes, bytes.length * 2);
                }
            }
            return new Unpacked.Body(Arrays.copyOf(bytes, size));
        } catch (Overblown _) {
            return tooLarge();
        } catch (IOException broken) {
            return notGzip(broken);
        }
    }

    /// The JDK's messages for broken gzip are fixed texts without content.
    static Unpacked notGzip(IOException broken) {
        return new Unpacked.Refused(new Answer.Malformed("body is not gzip: " + broken.getMessage()));
    }

    Unpacked.Refused tooLarge() {
        return new Unpacked.Refused(new Answer.TooLarge(
                "body is larger than %d bytes, or %d bytes inflated, or inflates more than %d times; send smaller batches"
                        .formatted(raw, inflated, ratio)));
    }

    /// What a stream throws that went over a limit.
    IOException overblown() {
        return new Overblown();
    }

    static Unpacked.Refused outOfMemory() {
        return new Unpacked.Refused(new Answer.Busy("too much is being received at once"));
    }

    /// Inflation went over a limit.
    private static final class Overblown extends IOException {

        private static final long serialVersionUID = 1;
    }

    /// Counts what comes out of a gzip stream.
    private static final class Gunzip extends FilterInputStream {

        private final long most;
        private long inflated;

        Gunzip(InputStream compressed, long most) throws IOException {
            super(new GZIPInputStream(compressed, 8192));
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(read);
            return read;
        }

        private void count(int read) throws Overblown {
            inflated += Math.max(0, read);
            if (inflated > most) {
                throw new Overblown();
            }
        }
    }
}
