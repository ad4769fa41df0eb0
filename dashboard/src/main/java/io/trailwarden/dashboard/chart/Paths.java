package io.trailwarden.dashboard.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Outlines of shapes: arithmetic that ends in the numbers of an SVG path, and can hold nothing else.
///
/// A picture is [#WIDTH] by [#HEIGHT] units, whatever its size on the page; y grows downwards.
final class Paths {

    static final int WIDTH = 1000;
    static final int HEIGHT = 100;

    /// Least height of a column that is not nothing: what exists is seen.
    private static final double SEEN = 2;

    private Paths() {
    }

    /// An outline, as the attribute `d` has it. Only made here, of numbers.
    static final class Outline {

        private final StringBuilder d = new StringBuilder();

        private Outline() {
        }

        private void add(char command, double... numbers) {
            d.append(command);
            for (int i = 0; i < numbers.length; i++) {
                d.append(i == 0 ? "" : " ").append(number(numbers[i]));
            }
        }

        boolean isEmpty() {
            return d.isEmpty();
        }

        @Override
        public String toString() {
            return d.toString();
        }
    }

    /// A line through the middle of each period, broken where a value is not known.
    static Outline line(List<Double> values, Scale scale) {
        var line = new Outline();
        boolean down = false;
        for (int at = 0; at < values.size(); at++) {
            double value = values.get(at);
            if (Double.isNaN(value)) {
                down = false;
            } else {
                line.add(down ? 'L' : 'M', middle(at, values.size()), y(value, scale));
                down = true;
            }
        }
        return line;
    }

    /// A dot, drawn as a line of no length with a round end, so that stretching the picture does not make it an egg.
    static Outline dot(int at, List<Double> values, Scale scale) {
        var dot = new Outline();
        dot.add('M', middle(at, values.size()), y(values.get(at), scale));
        dot.add('h', 0.01);
        return dot;
    }

    /// Columns of `series` among its neighbours, `fill` of each period's width taken by all of them together.
    static Outline beside(List<Series> neighbours, int which, Scale scale, double fill) {
        var columns = new Outline();
        var values = neighbours.get(which).values();
        double width = (double) WIDTH / values.size() * fill / neighbours.size();
        for (int at = 0; at < values.size(); at++) {
            double height = neighbours.get(which).height(at) / scale.top() * HEIGHT;
            if (height > 0) {
                double left = middle(at, values.size()) + width * (which - neighbours.size() / 2.0);
                box(columns, left, HEIGHT - Math.max(SEEN, height), width, Math.max(SEEN, height));
            }
        }
        return columns;
    }

    /// Columns of each series standing on the one before, lowest first.
    static List<Outline> stacked(List<Series> series, Scale scale, double fill) {
        var outlines = new ArrayList<Outline>();
        int periods = series.isEmpty() ? 0 : series.getFirst().values().size();
        var floors = new double[periods];
        for (var each : series) {
            var layer = new Outline();
            for (int at = 0; at < periods; at++) {
                double height = each.height(at) / scale.top() * HEIGHT;
                if (height > 0) {
                    double width = (double) WIDTH / periods * fill;
                    box(layer, middle(at, periods) - width / 2, HEIGHT - floors[at] - height, width, height);
                    floors[at] += height;
                }
            }
            outlines.add(layer);
        }
        return List.copyOf(outlines);
    }

    /// A stretch of the whole height, from and to as shares of the width.
    static Outline band(double from, double to) {
        var band = new Outline();
        box(band, from * WIDTH, 0, (to - from) * WIDTH, HEIGHT);
        return band;
    }

    /// A horizontal line at `value`.
    static Outline level(double value, Scale scale) {
        var level = new Outline();
        level.add('M', 0, y(value, scale));
        level.add('h', WIDTH);
        return level;
    }

    private static void box(Outline outline, double left, double top, double width, double height) {
        outline.add('M', left, top);
        outline.add('h', width);
        outline.add('v', height);
        outline.add('h', -width);
        outline.add('z');
    }

    private static double middle(int at, int periods) {
        return (at + 0.5) * WIDTH / periods;
    }

    private static double y(double value, Scale scale) {
        return HEIGHT - value / scale.top() * HEIGHT;
    }

    /// Two decimals are a hundredth of a pixel at most; fewer bytes than what a double prints.
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("an outline is made of finite numbers, got " + value);
        }
        double rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : String.format(Locale.ROOT, "%s", rounded);
    }
}
