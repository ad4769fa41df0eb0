package io.trailwarden.event;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One attribute value, as OTLP's `AnyValue` has it: closed, immutable, and honest about type.
///
/// The client mixes types (a duration is a string on one event and a number on the next), so readers that want a
/// number or a truth value go through [#asLong], [#asDouble] and [#asBoolean], which coerce.
public sealed interface Value {

    /// Text, as sent: may hold control characters, lone surrogates and NUL.
    record Text(String text) implements Value {
    }

    /// A 64-bit signed whole number.
    record Int(long number) implements Value {
    }

    /// A double; may be NaN or infinite. Two are equal when their bits are.
    record Real(double number) implements Value {
    }

    /// A truth value.
    record Bool(boolean truth) implements Value {
    }

    /// Opaque bytes, kept as lower-case hexadecimal digits.
    record Binary(String hex) implements Value {

        /// Copies `bytes` into their hexadecimal form.
        public static Binary of(byte[] bytes) {
            return new Binary(HexFormat.of().formatHex(bytes));
        }
    }

    /// Values in order; kinds may differ.
    record Array(List<Value> values) implements Value {
        public Array {
            values = List.copyOf(values);
        }
    }

    /// Named values in the order sent.
    record KeyValues(Attributes entries) implements Value {
    }

    /// A value that was sent without content.
    record Empty() implements Value {
    }

    /// The one empty value.
    Value EMPTY = new Empty();

    /// Shorthand for [Text].
    static Value of(String text) {
        return new Text(text);
    }

    /// Shorthand for [Int].
    static Value of(long number) {
        return new Int(number);
    }

    /// Shorthand for [Real].
    static Value of(double number) {
        return new Real(number);
    }

    /// Shorthand for [Bool].
    static Value of(boolean truth) {
        return new Bool(truth);
    }

    /// An array of texts, in order.
    static Value of(List<String> texts) {
        return new Array(texts.stream().<Value>map(Text::new).toList());
    }

    /// The value as a person would write it: numbers in decimal, arrays and maps as JSON, empty as "".
    default String asText() {
        return switch (this) {
            case Text(var text) -> text;
            case Int(var number) -> Long.toString(number);
            case Real(var number) -> Double.toString(number);
            case Bool(var truth) -> Boolean.toString(truth);
            case Binary(var hex) -> hex;
            case Empty() -> "";
            case Array _, KeyValues _ -> Json.write(this);
        };
    }

    /// The value as a whole number: numbers as they are (doubles only when whole), texts when they spell one.
    ///
    /// @return null when it is not a whole number of 64 bits
    default @org.jspecify.annotations.Nullable Long asLong() {
        return switch (this) {
            case Int(var number) -> number;
            case Real(var number) when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> (long) number;
            case Text(var text) -> Coercion.toLong(text);
            case Real _, Bool _, Binary _, Empty _, Array _, KeyValues _ -> null;
        };
    }

    /// The value as a double: numbers as they are, texts when they spell one in decimal.
    ///
    /// @return null when it is not a number
    default @org.jspecify.annotations.Nullable Double asDouble() {
        return switch (this) {
            case Int(var number) -> (double) number;
            case Real(var number) -> number;
            case Text(var text) -> Coercion.toDouble(text);
            case Bool _, Binary _, Empty _, Array _, KeyValues _ -> null;
        };
    }

    /// The value as a truth value: itself, or the texts `true` and `false` in any case.
    ///
    /// @return null when it is neither
    default @org.jspecify.annotations.Nullable Boolean asBoolean() {
        return switch (this) {
            case Bool(var truth) -> truth;
            case Text(var text) when text.equalsIgnoreCase("true") -> true;
            case Text(var text) when text.equalsIgnoreCase("false") -> false;
            case Text _, Int _, Real _, Binary _, Empty _, Array _, KeyValues _ -> null;
        };
    }

    /// The texts inside: an array's elements one by one, anything else as a single text, empty as none.
    default List<String> asTexts() {
        return switch (this) {
            case Array(var values) -> values.stream().map(Value::asText).toList();
            case Empty() -> List.of();
            case Text _, Int _, Real _, Bool _, Binary _, KeyValues _ -> Arrays.asList(asText());
        };
    }
}
