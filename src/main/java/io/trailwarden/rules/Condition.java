package io.trailwarden.rules;

import java.util.List;

/// What a detection asks of a record, as a tree that is walked for each one.
sealed interface Condition {

    /// Whether the record passes.
    boolean test(Row row);

    /// All of them.
    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(Row row) {
            for (var part : parts) {
                if (!part.test(row)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Any of them.
    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(Row row) {
            for (var part : parts) {
                if (part.test(row)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// The opposite.
    record Not(Condition part) implements Condition {
        @Override
        public boolean test(Row row) {
            return !part.test(row);
        }
    }

    /// The same for every record: what an empty list leaves.
    record Fixed(boolean truth) implements Condition {
        @Override
        public boolean test(Row row) {
            return truth;
        }
    }

    /// Some element of a field passes.
    record Some(int field, Matcher matcher) implements Condition {
        @Override
        public boolean test(Row row) {
            int elements = row.raw(field).length;
            for (int i = 0; i < elements; i++) {
                if (matcher.test(row, field, i)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Some element of a field does not pass.
    record SomeNot(int field, Matcher matcher) implements Condition {
        @Override
        public boolean test(Row row) {
            int elements = row.raw(field).length;
            for (int i = 0; i < elements; i++) {
                if (!matcher.test(row, field, i)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// The field is there, whatever it holds.
    record Exists(int field) implements Condition {
        @Override
        public boolean test(Row row) {
            return row.value(field) != null;
        }
    }

    /// The field is absent or null.
    record IsNull(int field) implements Condition {
        @Override
        public boolean test(Row row) {
            var value = row.value(field);
            return value == null || value instanceof io.trailwarden.event.Value.Empty;
        }
    }

    /// Some value of the record holds the text.
    record Keyword(Glob glob) implements Condition {
        @Override
        public boolean test(Row row) {
            for (var text : row.everything()) {
                if (glob.matches(text)) {
                    return true;
                }
            }
            return false;
        }
    }
}
