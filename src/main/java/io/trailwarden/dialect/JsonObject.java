package io.trailwarden.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The top-level scalars of a JSON object that came as a string, as far as it can be read.
///
/// The client cuts long inputs, which leaves invalid JSON; what stood before the cut still counts. Nested values are
/// passed over: nothing that is asked for lies deeper.
final class JsonObject {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 22).build())
            .build();

    private final Map<String, String> scalars;

    private JsonObject(Map<String, String> scalars) {
        this.scalars = scalars;
    }

    static JsonObject read(@Nullable String json) {
        var scalars = new HashMap<String, String>();
        if (json != null && !json.isEmpty() && json.charAt(0) == '{') {
            readInto(scalars, json);
        }
        return new JsonObject(scalars);
    }

    private static void readInto(Map<String, String> scalars, String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var value = parser.nextToken();
                if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    scalars.put(name, parser.getText());
                }
            }
        } catch (IOException cutShort) {
            // What was read before the cut is kept.
        }
    }

    /// The scalar called `name` as text; null when it is absent, null or nested.
    @Nullable String text(String name) {
        var text = scalars.get(name);
        return text == null || text.isEmpty() ? null : text;
    }
}
