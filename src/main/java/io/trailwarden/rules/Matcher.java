package io.trailwarden.rules;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A test of one element of a field.
sealed interface Matcher {

    /// Longest text given to a regular expression; what comes after is not searched.
    int LONGEST_SEARCHED = 16 << 10;

    /// Whether element `at` of `field` passes.
    boolean test(Row row, int field, int at);

    /// One of some texts, in lower case; numbers that are equal count.
    record Is(Set<String> texts) implements Matcher {
        public Is {
            texts = Set.copyOf(texts);
        }

        @Override
        public boolean test(Row row, int field, int at) {
            return texts.contains(row.folded(field)[at]);
        }
    }

    /// One of some texts, case counts.
    record IsExactly(Set<String> texts) implements Matcher {
        public IsExactly {
            texts = Set.copyOf(texts);
        }

        @Override
        public boolean test(Row row, int field, int at) {
            return texts.contains(row.raw(field)[at]);
        }
    }

    /// A text with wildcards.
    record Like(Glob glob, boolean cased) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            return glob.matches(cased ? row.raw(field)[at] : row.folded(field)[at]);
        }
    }

    /// A regular expression, found anywhere.
    ///
    /// @param necessary texts in lower case of which at least one is in whatever is found; empty when none are known
    record Found(Pattern pattern, List<String> necessary) implements Matcher {
        public Found {
            necessary = List.copyOf(necessary);
        }

        @Override
        public boolean test(Row row, int field, int at) {
            if (!necessary.isEmpty() && !holdsAny(row.folded(field)[at])) {
                return false;
            }
            var text = row.raw(field)[at];
            return pattern.matcher(text.length() <= LONGEST_SEARCHED ? text : text.substring(0, LONGEST_SEARCHED)).find();
        }

        private boolean holdsAny(String text) {
            for (var one : necessary) {
                if (text.contains(one)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// A text that begins with, ends with or holds another.
    record Holds(Part part, String wanted, boolean cased) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            return part.holds(cased ? row.raw(field)[at] : row.folded(field)[at], wanted);
        }
    }

    /// An address inside a network.
    record InNetwork(byte[] network, int bits) implements Matcher {

        static Matcher parse(String text, YamlNode at) {
            int slash = text.indexOf('/');
            var address = slash < 0 ? null : address(text.substring(0, slash));
            var bits = slash < 0 ? null : number(text.substring(slash + 1));
            if (address == null || bits == null || bits < 0 || bits > address.length * 8) {
                throw new InvalidRule(at, "not a network: '" + text + "'; write it like 10.0.0.0/8 or 2001:db8::/32");
            }
            return new InNetwork(address, bits.intValue());
        }

        @Override
        public boolean test(Row row, int field, int at) {
            var address = address(row.raw(field)[at]);
            if (address == null || address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, network, 0, whole)
                    && (rest == 0 || sameBits(address[whole], network[whole], rest));
        }

        private static boolean sameBits(byte a, byte b, int count) {
            return (a & 0xff) >> 8 - count == (b & 0xff) >> 8 - count;
        }

        /// The bytes of a literal address; names are never looked up.
        private static byte @Nullable [] address(String text) {
            if (text.isEmpty() || text.length() > 64 || !text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
                return null;
            }
            try {
                return InetAddress.ofLiteral(text).getAddress();
            } catch (IllegalArgumentException notAnAddress) {
                return null;
            }
        }
    }

    /// A number in a relation to another, or equal in spite of spelling (`42`, `42.0`, `"42"`).
    record Compares(Relation relation, double to) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            var number = numeric(row.raw(field)[at]);
            return number != null && relation.holds(Double.compare(number, to));
        }
    }

    /// A version in a relation to another.
    record ComparesVersion(Relation relation, Version to) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            var version = Version.parse(row.raw(field)[at]);
            return version != null && relation.holds(version.compareTo(to));
        }
    }

    /// A part of a time in a relation to a number.
    record ComparesTime(TimePart part, Relation relation, double to) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            var number = part.of(row.raw(field)[at]);
            return number != null && relation.holds(Double.compare(number, to));
        }
    }

    /// The same text as, or a part of it like, any element of another field.
    record IsField(int other, Part part, boolean cased) implements Matcher {
        @Override
        public boolean test(Row row, int field, int at) {
            var text = cased ? row.raw(field)[at] : row.folded(field)[at];
            for (var wanted : cased ? row.raw(other) : row.folded(other)) {
                if (part.holds(text, wanted)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Any of several.
    record Either(List<Matcher> matchers) implements Matcher {
        public Either {
            matchers = List.copyOf(matchers);
        }

        @Override
        public boolean test(Row row, int field, int at) {
            for (var matcher : matchers) {
                if (matcher.test(row, field, at)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Where in a text another must be.
    enum Part {
        WHOLE,
        START,
        END,
        ANYWHERE;

        boolean holds(String text, String wanted) {
            return switch (this) {
                case WHOLE -> text.equals(wanted);
                case START -> text.startsWith(wanted);
                case END -> text.endsWith(wanted);
                case ANYWHERE -> text.contains(wanted);
            };
        }
    }

    /// How one number stands to another.
    enum Relation {
        LT,
        LTE,
        GT,
        GTE,
        EQ,
        NEQ;

        /// @param compared what a comparison said
        boolean holds(int compared) {
            return switch (this) {
                case LT -> compared < 0;
                case LTE -> compared <= 0;
                case GT -> compared > 0;
                case GTE -> compared >= 0;
                case EQ -> compared == 0;
                case NEQ -> compared != 0;
            };
        }

        boolean holds(double left, double right) {
            return holds(Double.compare(left, right));
        }
    }

    /// The number that a text spells, or null.
    static @Nullable Double numeric(String text) {
        return new io.trailwarden.event.Value.Text(text).asDouble();
    }

    private static @Nullable Long number(String text) {
        return new io.trailwarden.event.Value.Text(text).asLong();
    }
}
