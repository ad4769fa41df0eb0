package io.trailwarden.otlp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How an OTLP message is written down. gRPC carries protobuf.
enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    /// Reads a `Content-Type` in any case and with any parameters.
    ///
    /// @return null when it is none of OTLP's
    static @Nullable Encoding of(@Nullable String contentType) {
        if (contentType == null) {
            return null;
        }
        int parameters = contentType.indexOf(';');
        var bare = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
        for (var encoding : values()) {
            if (encoding.mediaType.equals(bare)) {
                return encoding;
            }
        }
        return null;
    }

    String mediaType() {
        return mediaType;
    }
}
