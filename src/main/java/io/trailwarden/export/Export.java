package io.trailwarden.export;

import java.io.IOException;
import java.io.OutputStream;

/// A list that may be handed out, because it is written down who takes it.
///
/// @param fileName of letters, digits, dots and hyphens, nothing of it chosen by a client
public record Export(String fileName, Format format, Content content) {

    /// Writes the list.
    @FunctionalInterface
    public interface Content {

        /// Writes all of it, page by page. A failure of the database leaves what is written incomplete, and is thrown: whoever
        /// hands it out must not end it as if it were whole.
        void writeTo(OutputStream to) throws IOException;
    }
}
