package io.trailwarden.dashboard.chart;

import java.util.List;

/// One quantity over the periods of a chart.
///
/// @param name our words for it
/// @param values one per period, each finite and not negative; NaN where nothing is known
public record Series(String name, Tone tone, List<Double> values) {

    public Series {
        values = List.copyOf(values);
        for (double value : values) {
            if (value < 0 || Double.isInfinite(value)) {
                throw new IllegalArgumentException("a value of a chart must be finite and not negative, got " + value);
            }
        }
    }

    /// A quantity that is counted.
    public static Series of(String name, Tone tone, List<? extends Number> counts) {
        return new Series(name, tone, counts.stream().map(Number::doubleValue).toList());
    }

    /// The value of period `at`, nothing for an unknown one.
    double height(int at) {
        double value = values.get(at);
        return Double.isNaN(value) ? 0 : value;
    }
}
