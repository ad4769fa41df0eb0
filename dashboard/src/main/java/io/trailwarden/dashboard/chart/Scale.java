package io.trailwarden.dashboard.chart;

import java.util.Collection;

/// From 0 to a round number, for one chart.
///
/// @param top the value at the upper edge, above 0
public record Scale(double top) {

    public Scale {
        if (!(top > 0) || Double.isInfinite(top)) {
            throw new IllegalArgumentException("a scale must end above 0, got " + top);
        }
    }

    /// The least of 1, 2, 3, 4, 5, 6, 8, 10, 15, 20 and so on that is not below `highest`: round, and little above it.
    public static Scale over(double highest) {
        if (!(highest > 1)) {
            return new Scale(1);
        }
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
            if (step * power == Math.rint(step * power) && highest <= step * power) {
                return new Scale(step * power);
            }
        }
        return new Scale(10 * power);
    }

    /// A scale for series side by side.
    public static Scale beside(Collection<Series> series) {
        return over(series.stream().flatMap(each -> each.values().stream()).filter(value -> !value.isNaN())
                .mapToDouble(Double::doubleValue).max().orElse(0));
    }

    /// A scale for series on top of each other.
    public static Scale stacked(Collection<Series> series) {
        int periods = series.stream().mapToInt(each -> each.values().size()).min().orElse(0);
        double highest = 0;
        for (int at = 0; at < periods; at++) {
            int period = at;
            highest = Math.max(highest, series.stream().mapToDouble(each -> each.height(period)).sum());
        }
        return over(highest);
    }
}
