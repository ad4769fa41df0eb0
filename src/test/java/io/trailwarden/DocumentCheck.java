package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps a document that restates code equal to what the code says.
///
/// With `-Dtrailwarden.docs.write=true` the document is written instead, to be reviewed as a diff.
public final class DocumentCheck {

    private DocumentCheck() {
    }

    /// Fails when the file at `path`, from the project's root, is not exactly `expected`.
    public static void assertDocument(String path, String expected) {
        var file = Path.of(path);
        try {
            if (Boolean.getBoolean("trailwarden.docs.write")) {
                Files.writeString(file, expected);
            }
            assertThat(file).as("%s is written from the code; run ./trailwarden docs and review the change", path).exists();
            assertThat(Files.readString(file)).as("%s no longer says what the code says; run ./trailwarden docs and review the change", path)
                    .isEqualTo(expected);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
