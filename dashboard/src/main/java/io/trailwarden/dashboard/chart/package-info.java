/// Charts drawn by the server: SVG elements made of numbers and our own words, no script, no markup, no library.
///
/// A chart is a picture whose shapes come from [io.trailwarden.dashboard.chart.Paths], which is arithmetic and nothing
/// else, whose colours are classes that `chart.css` takes from the tokens, and which says the same in words: a label for
/// who cannot see it and, unless it is a line in a list, a table. Start at [io.trailwarden.dashboard.chart.Chart].
@NullMarked
package io.trailwarden.dashboard.chart;

import org.jspecify.annotations.NullMarked;
