package io.trailwarden.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Attributes as `jsonb` keeps them, so that types come back as they were sent.
///
/// Plain JSON wherever that is unambiguous. A double always has a fraction (`1.0`, which `jsonb` keeps) and a whole
/// number never; what JSON lacks is an object with one marked key: `{"$bytes": "00ff"}`, `{"$real": "NaN"}`. A sent map
/// that looks like one of these is wrapped: `{"$map": {...}}`. Order is lost, as it means nothing.
final class StoredJson {

    private static final String BYTES = "$bytes";
    private static final String REAL = "$real";
    private static final String MAP = "$map";

    /// Deeper nesting is refused: the server's own limit is a matter of its stack.
    private static final int DEEPEST = 200;

    /// Lengths were bounded at the door; what is stored must be readable.
    private static final JsonFactory READER = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE).maxNumberLength(2000).maxNameLength(Integer.MAX_VALUE).build()).build();

    private StoredJson() {
    }

    /// Appends `attributes` as one JSON object.
    ///
    /// @throws IllegalArgumentException when nested too deeply to be kept
    static void write(CopyBuffer out, Attributes attributes) {
        writeEntries(out, attributes, 0);
    }

    /// Reads back what [#write] wrote.
    static Attributes read(String json) {
        try (var parser = READER.createParser(json)) {
            parser.nextToken();
            return entries(parser, false);
        } catch (IOException broken) {
            throw new UncheckedIOException("stored attributes are not what the loader writes", broken);
        }
    }

    /// Appends one `"key":`.
    static void writeKey(CopyBuffer out, String key) {
        out.putText(key, true);
        out.put(':');
    }

    /// Appends one value inside an object.
    static void writeValue(CopyBuffer out, Value value) {
        write(out, value, 1);
    }

    private static void writeEntries(CopyBuffer out, Attributes attributes, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("attributes are nested more than " + DEEPEST + " deep");
        }
        out.put('{');
        boolean first = true;
        for (var entry : attributes.asMap().entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            writeKey(out, entry.getKey());
            write(out, entry.getValue(), depth + 1);
        }
        out.put('}');
    }

    private static void write(CopyBuffer out, Value value, int depth) {
        switch (value) {
            case Value.Text(var text) -> out.putText(text, true);
            case Value.Int(var number) -> out.putAscii(Long.toString(number));
            case Value.Real(var number) -> writeReal(out, number);
            case Value.Bool(var truth) -> out.putAscii(truth ? "true" : "false");
            case Value.Binary(var hex) -> writeMarked(out, BYTES, hex);
            case Value.Empty() -> out.putAscii("null");
            case Value.KeyValues(var entries) when marked(entries) -> {
                out.put('{');
                writeKey(out, MAP);
                writeEntries(out, entries, depth + 1);
                out.put('}');
            }
            case Value.KeyValues(var entries) -> writeEntries(out, entries, depth);
            case Value.Array(var values) -> writeArray(out, values, depth);
        }
    }

    private static void writeArray(CopyBuffer out, List<Value> values, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("attributes are nested more than " + DEEPEST + " deep");
        }
        out.put('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            write(out, values.get(i), depth + 1);
        }
        out.put(']');
    }

    /// `jsonb` knows no exponent and no negative zero.
    private static void writeReal(CopyBuffer out, double number) {
        if (!Double.isFinite(number) || number == 0 && 1 / number < 0) {
            writeMarked(out, REAL, Double.toString(number));
            return;
        }
        var text = Double.toString(number);
        if (text.indexOf('E') >= 0) {
            text = new BigDecimal(text).toPlainString();
        }
        out.putAscii(text);
        if (text.indexOf('.') < 0) {
            out.putAscii(".0");
        }
    }

    private static void writeMarked(CopyBuffer out, String mark, String text) {
        out.put('{');
        writeKey(out, mark);
        out.putText(text, true);
        out.put('}');
    }

    /// Whether a sent map must be wrapped to be told from our marks.
    private static boolean marked(Attributes entries) {
        return entries.has(MAP) || entries.size() == 1 && (entries.has(BYTES) || entries.has(REAL));
    }

    /// @param mayWrap whether the object may be one of ours; attributes as a whole and what was wrapped are not
    private static Attributes entries(JsonParser parser, boolean mayWrap) throws IOException {
        var entries = Attributes.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            boolean wrapped = parser.nextToken() == JsonToken.START_OBJECT && mayWrap && key.equals(MAP);
            entries.put(key, wrapped ? new Value.KeyValues(entries(parser, false)) : value(parser));
        }
        return entries.build();
    }

    private static Value value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Value.Text(parser.getText());
            case VALUE_NUMBER_INT -> new Value.Int(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> new Value.Real(Double.parseDouble(parser.getText()));
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case START_OBJECT -> unmarked(entries(parser, true));
            case START_ARRAY -> array(parser);
            case VALUE_NULL, NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> Value.EMPTY;
        };
    }

    private static Value array(JsonParser parser) throws IOException {
        var values = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new Value.Array(values);
    }

    private static Value unmarked(Attributes entries) {
        if (!marked(entries)) {
            return new Value.KeyValues(entries);
        }
        var only = entries.asMap().entrySet().iterator().next();
        return switch (only.getValue()) {
            case Value.Text(var hex) when only.getKey().equals(BYTES) -> new Value.Binary(hex);
            case Value.Text(var number) when only.getKey().equals(REAL) -> new Value.Real(Double.parseDouble(number));
            case Value.KeyValues sent when only.getKey().equals(MAP) -> sent;
            case Value _ -> new Value.KeyValues(entries);
        };
    }
}
