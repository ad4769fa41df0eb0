package io.trailwarden.spool;

import io.trailwarden.spool.Spool.Position;
import java.nio.file.Path;
import java.util.Locale;

/// One segment file that holds frames.
///
/// @param number from 1, rising, never used again
/// @param size bytes on disk
/// @param end offset after the last frame that is on stable storage
/// @param records of all its frames
/// @param before records of all segments before it, since the count began
record Segment(long number, Path file, long size, long end, long records, long before) {

    private static final String SUFFIX = ".segment";

    static Path file(Path folder, long number) {
        return folder.resolve(String.format(Locale.ROOT, "%016d%s", number, SUFFIX));
    }

    static boolean isOne(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && name.length() == 16 + SUFFIX.length() && name.chars().limit(16).allMatch(Character::isDigit);
    }

    static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 16));
    }

    Position last() {
        return new Position(number, end);
    }

    Segment grown(long end, long records) {
        return new Segment(number, file, size, end, records, before);
    }
}
