package io.trailwarden.rules;

/// Something wrong in a rule file, at its place.
///
/// @param file path as people know it, such as `rules/mcp/unknown_server.yaml`
/// @param line from 1
/// @param column from 1
/// @param text subject, problem, actual; what is accepted
public record Problem(String file, int line, int column, String text) implements Comparable<Problem> {

    @Override
    public int compareTo(Problem other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    /// `file:line:column: text`, which editors open at the place.
    @Override
    public String toString() {
        return file + ':' + line + ':' + column + ": " + text;
    }
}
