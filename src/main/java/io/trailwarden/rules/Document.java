package io.trailwarden.rules;

import io.trailwarden.alert.Severity;
import io.trailwarden.rules.Matcher.Relation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One document of a rule file, read but not yet joined to those it refers to.
///
/// @param name what others call it by; empty when it has none
/// @param sigmaId Sigma's own id; empty when it has none
/// @param level null when it raises nothing
/// @param what what it looks for
/// @param block its `trailwarden:` block
/// @param source the whole document, for its hash and its places
record Document(String file, YamlNode.Fields source, String name, String sigmaId, String title, @Nullable Severity level,
        String description, List<String> tags, List<String> falsePositives, What what, Block block) {

    boolean alerts() {
        return !block.supporting() && level != null;
    }

    /// What a document looks for.
    sealed interface What {

        /// Documents it refers to, by name or id.
        List<YamlNode.Scalar> refersTo();

        /// A condition on one record.
        record Detection(Condition condition) implements What {
            @Override
            public List<YamlNode.Scalar> refersTo() {
                return List.of();
            }
        }

        /// Sigma's correlation.
        ///
        /// @param groupBy a name and, by the index of the referenced rule, the field that holds it
        /// @param bounds all must hold
        /// @param percentile 0 to 100
        record Correlation(Type type, List<YamlNode.Scalar> refersTo, List<Grouped> groupBy, Duration timespan, List<Bound> bounds,
                List<Integer> fields, double percentile, boolean generate) implements What {

            /// The kinds that Sigma knows. The name in lower case is what rules say.
            enum Type {
                EVENT_COUNT,
                VALUE_COUNT,
                TEMPORAL,
                TEMPORAL_ORDERED,
                VALUE_SUM,
                VALUE_AVG,
                VALUE_PERCENTILE,
                VALUE_MEDIAN
            }

            /// A relation to a number.
            record Bound(Relation relation, double to) {
            }

            /// One of the things that tell groups apart.
            ///
            /// @param field where it is, unless `byRule` says otherwise
            /// @param byRule by the written name of the rule
            record Grouped(int field, Map<String, Integer> byRule) {
            }
        }

        /// A change of a session's mode.
        ///
        /// @param how announced, silent, started
        record ModeTransition(Modes from, Modes to, List<String> how) implements What {

            /// Some modes, or all but some.
            ///
            /// @param texts null means any
            record Modes(@Nullable List<SigmaText> texts, boolean but) {

                boolean has(@Nullable String mode) {
                    if (texts == null) {
                        return true;
                    }
                    var folded = mode == null ? "" : Row.fold(mode);
                    boolean listed = texts.stream().anyMatch(text -> Glob.of(
                            new SigmaText(Row.fold(text.chars()), text.wild(), false)).matches(folded));
                    return listed != but;
                }
            }

            @Override
            public List<YamlNode.Scalar> refersTo() {
                return List.of();
            }
        }

        /// A value not seen before.
        record NewValue(List<YamlNode.Scalar> refersTo, List<Integer> fields, List<Integer> groupBy, Duration history, Duration warmup)
                implements What {
        }

        /// A decision faster than reading.
        ///
        /// @param decision `accept`, `reject` or `any`
        record DecisionLatency(List<YamlNode.Scalar> refersTo, Duration fasterThan, String decision) implements What {
        }

        /// Accepts in a row.
        ///
        /// @param maxMedianWait null when waits do not matter
        record Streak(List<YamlNode.Scalar> refersTo, int count, Duration within, @Nullable Duration maxMedianWait, List<Integer> groupBy)
                implements What {
        }

        /// Missing numbers.
        record SequenceGap(Duration grace, int atLeast) implements What {
            @Override
            public List<YamlNode.Scalar> refersTo() {
                return List.of();
            }
        }
    }

    /// The `trailwarden:` block.
    ///
    /// @param groupBy null when the document does not say
    /// @param window null when the document does not say
    record Block(String sees, String misses, List<String> runbook, List<String> needs, Template title, Template evidence,
            @Nullable List<GroupPart> groupBy, @Nullable Duration window, boolean attempts, boolean supporting) {
    }

    /// One of the things that tell alerts of a rule apart.
    sealed interface GroupPart {

        /// The person.
        record Person() implements GroupPart {
        }

        /// The session.
        record Session() implements GroupPart {
        }

        /// Refused or not.
        record Outcome() implements GroupPart {
        }

        /// A field's values.
        record OfField(int field) implements GroupPart {
        }
    }
}
