package io.trailwarden.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cursor over JSON tokens that reads what protobuf's JSON form allows: null for absent, numbers as text, enum values
/// by name. Every method reads exactly the value that the cursor stands on, and leaves it on that value's last token.
final class JsonCursor {

    /// No number that means anything is longer.
    private static final int LONGEST_NUMBER = 64;

    private final JsonParser json;
    private final Harvest harvest;

    JsonCursor(JsonParser json, Harvest harvest) {
        this.json = json;
        this.harvest = harvest;
    }

    /// Reads one field of an object; the cursor stands on its value, which is never null.
    interface Fields {
        void read(String name) throws IOException;
    }

    void begin() throws IOException {
        json.nextToken();
    }

    /// Makes sure that nothing follows.
    void end() throws IOException {
        if (json.nextToken() != null) {
            throw Undecodable.malformed("something follows the request object%s".formatted(place()));
        }
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    void object(String what, Fields fields) throws IOException {
        expect(JsonToken.START_OBJECT, what, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                fields.read(name);
            }
        }
    }

    void array(String what, JsonReader.Records each) throws IOException {
        expect(JsonToken.START_ARRAY, what, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw Undecodable.malformed("'%s' is not closed".formatted(what));
            }
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                each.read();
            }
        }
    }

    /// Reads with `inner` the value that the cursor stands on; what cannot be read becomes a flaw, unless the JSON itself
    /// is broken.
    void guarded(JsonReader.Records inner) throws IOException {
        long from = json.currentTokenLocation().getByteOffset();
        int depth = json.getParsingContext().getNestingDepth();
        boolean nested = json.currentToken().isStructStart();
        try {
            inner.read();
        } catch (Undecodable broken) {
            if (broken.isTooLarge()) {
                throw broken;
            }
            while (nested && json.getParsingContext().getNestingDepth() >= depth && json.nextToken() != null) {
                skip();
            }
            harvest.flaw(broken.detail(), (int) Math.max(0, from), (int) Math.max(0, json.currentLocation().getByteOffset()));
        }
    }

    /// Text; numbers and truth values are taken as they are spelled.
    String text(String what) throws IOException {
        if (!json.currentToken().isScalarValue()) {
            throw wrong(what, "a text");
        }
        return json.getText();
    }

    /// An unsigned number of 64 bits, in digits or as text, without a detour through a double.
    long unsigned(String what) throws IOException {
        var spelled = text(what);
        try {
            return Long.parseUnsignedLong(spelled);
        } catch (NumberFormatException notDigits) {
            var whole = whole(spelled);
            if (whole == null) {
                throw wrong(what, "a whole number");
            }
            return whole;
        }
    }

    int number(String what) throws IOException {
        return (int) unsigned(what);
    }

    /// A signed number of 64 bits.
    long signed(String what) throws IOException {
        var whole = whole(text(what));
        if (whole == null) {
            throw wrong(what, "a whole number");
        }
        return whole;
    }

    double real(String what) throws IOException {
        var real = realOf(text(what));
        if (real == null) {
            throw wrong(what, "a number");
        }
        return real;
    }

    boolean truth(String what) throws IOException {
        var spelled = text(what);
        return switch (spelled) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(what, "true or false");
        };
    }

    /// An enum value: its number, or leniently its name, of which the position in `names` is the number.
    int enumerated(String what, List<String> names) throws IOException {
        int named = names.indexOf(text(what));
        if (named < 0) {
            return number(what);
        }
        harvest.countEnumName();
        return named;
    }

    /// A list of `KeyValue`.
    void attributes(String what, Attributes.Builder into) throws IOException {
        array(what, () -> keyValue(into, 1));
    }

    /// An `AnyValue` that is not inside another.
    Value value(String what) throws IOException {
        return value(what, 1);
    }

    /// Values of numbers that count, in the order sent.
    List<Value> wholes(String what) throws IOException {
        var numbers = new ArrayList<Value>();
        array(what, () -> {
            harvest.countValue();
            numbers.add(new Value.Int(unsigned(what)));
        });
        return numbers;
    }

    List<Value> reals(String what) throws IOException {
        var numbers = new ArrayList<Value>();
        array(what, () -> {
            harvest.countValue();
            numbers.add(new Value.Real(real(what)));
        });
        return numbers;
    }

    /// A `KeyValue` while it is read.
    private static final class Pair {
        String key = "";
        Value value = Value.EMPTY;
    }

    private void keyValue(Attributes.Builder into, int depth) throws IOException {
        harvest.countValue();
        var pair = new Pair();
        object("attribute", field -> {
            switch (field) {
                case "key" -> pair.key = text(field);
                case "value" -> pair.value = value(field, depth);
                default -> skip();
            }
        });
        into.put(pair.key, pair.value);
    }

    private Value value(String what, int depth) throws IOException {
        var held = new Pair();
        object(what, kind -> {
            switch (kind) {
                case "stringValue" -> held.value = new Value.Text(text(kind));
                case "boolValue" -> held.value = truthOrText(kind);
                case "intValue" -> held.value = wholeOrText(kind);
                case "doubleValue" -> held.value = realOrText(kind);
                case "bytesValue" -> held.value = binaryOrText(kind);
                case "arrayValue" -> held.value = Nesting.kept(arrayValue(kind, Nesting.into(depth)), depth);
                case "kvlistValue" -> held.value = Nesting.kept(keyValues(kind, Nesting.into(depth)), depth);
                case "stringValueStrindex" -> {
                    // An index into a table that only profiles have: as good as absent.
                    skip();
                    held.value = Value.EMPTY;
                }
                default -> skip();
            }
        });
        return held.value;
    }

    private Value arrayValue(String what, int depth) throws IOException {
        var values = new ArrayList<Value>();
        object(what, field -> {
            if (field.equals("values")) {
                array(field, () -> {
                    harvest.countValue();
                    values.add(value(field, depth));
                });
            } else {
                skip();
            }
        });
        return new Value.Array(values);
    }

    private Value keyValues(String what, int depth) throws IOException {
        var entries = Attributes.builder();
        object(what, field -> {
            if (field.equals("values")) {
                array(field, () -> keyValue(entries, depth));
            } else {
                skip();
            }
        });
        return new Value.KeyValues(entries.build());
    }

    /// What claims to be a number and is none is kept as it is spelled: to lose it would help nobody.
    private Value wholeOrText(String kind) throws IOException {
        var spelled = text(kind);
        var whole = whole(spelled);
        return whole == null ? new Value.Text(spelled) : new Value.Int(whole);
    }

    private Value realOrText(String kind) throws IOException {
        var spelled = text(kind);
        var real = realOf(spelled);
        return real == null ? new Value.Text(spelled) : new Value.Real(real);
    }

    private Value truthOrText(String kind) throws IOException {
        var spelled = text(kind);
        return switch (spelled) {
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            default -> new Value.Text(spelled);
        };
    }

    /// Base64 of either alphabet, padded or not.
    private Value binaryOrText(String kind) throws IOException {
        var spelled = text(kind);
        try {
            return Value.Binary.of(Base64.getDecoder().decode(spelled.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException notBase64) {
            return new Value.Text(spelled);
        }
    }

    private static @Nullable Long whole(String spelled) {
        if (spelled.isEmpty() || spelled.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            return Long.parseLong(spelled);
        } catch (NumberFormatException notDigits) {
            return wholeDecimal(spelled);
        }
    }

    /// `5.0` and `1e3` are whole numbers too, says protobuf's JSON form.
    private static @Nullable Long wholeDecimal(String spelled) {
        try {
            return new BigDecimal(spelled).longValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return null;
        }
    }

    private static @Nullable Double realOf(String spelled) {
        return switch (spelled) {
            case "NaN" -> Double.NaN;
            case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
            default -> decimal(spelled);
        };
    }

    private static @Nullable Double decimal(String spelled) {
        if (spelled.isEmpty() || spelled.chars().anyMatch(c -> "0123456789.-+eE".indexOf(c) < 0)) {
            return null;
        }
        try {
            return Double.parseDouble(spelled);
        } catch (NumberFormatException notNumber) {
            return null;
        }
    }

    private void expect(JsonToken token, String what, String wanted) {
        if (json.currentToken() != token) {
            throw wrong(what, wanted);
        }
    }

    private Undecodable wrong(String what, String wanted) {
        return Undecodable.malformed("'%s' must be %s%s".formatted(what, wanted, place()));
    }

    private String place() {
        long offset = json.currentTokenLocation().getByteOffset();
        return offset < 0 ? "" : ", at byte %d".formatted(offset);
    }

    /// Says what is wrong with JSON and where, without the piece of content that the parser's own message quotes.
    static String describe(IOException broken) {
        if (broken instanceof JsonProcessingException parsing && parsing.getLocation() != null) {
            return "not JSON at line %d, column %d".formatted(parsing.getLocation().getLineNr(), parsing.getLocation().getColumnNr());
        }
        return "not JSON";
    }
}
