package io.trailwarden.export;

/// What a list is written as.
public enum Format {

    /// RFC 4180, for spreadsheets: nothing in it is a formula, and what would act on a reader is written as a name.
    CSV("text/csv;charset=UTF-8;header=present", "csv", "CSV"),

    /// One JSON object a line, for programs: all text exactly as it is kept, what would act on a reader escaped.
    JSON_LINES("application/x-ndjson", "jsonl", "JSON lines");

    private final String mediaType;
    private final String ending;
    private final String words;

    Format(String mediaType, String ending, String words) {
        this.mediaType = mediaType;
        this.ending = ending;
        this.words = words;
    }

    /// As HTTP says it.
    public String mediaType() {
        return mediaType;
    }

    /// How names of such files end, without the dot.
    public String ending() {
        return ending;
    }

    /// As people say it.
    public String words() {
        return words;
    }
}
