package io.trailwarden.bench;

import com.microsoft.playwright.Page;
import io.trailwarden.Demo;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.dashboard.Chromium;
import io.trailwarden.dashboard.Filled;
import io.trailwarden.dashboard.Navigation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long each page of the console lets somebody wait: the packaged program with the demo in it, a real Chromium.
///
/// Measured from the start of the navigation by the browser's own clock: first contentful paint, and the moment when no part
/// is reading any more. Then a change of a filter by its address inside the same page, until its list stands.
public final class PagesBenchmark {

    private static final String WATCH = """
            () => { const began = performance.now(); return new Promise(done => {
              const look = () => { const filled = !!document.querySelector('h1')?.textContent.trim()
                  && ![...document.querySelectorAll('.loading, vaadin-grid[loading]')].some(part => part.checkVisibility());
                if (filled) requestAnimationFrame(() => done(performance.now())); else setTimeout(look, 4); };
              look(); }); }
            """;
    /// The entry may come a little after the page is filled, so it is waited for.
    private static final String PAINT = """
            () => new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')
                .forEach(entry => done(entry.startTime))).observe({type: 'paint', buffered: true}))
            """;

    private PagesBenchmark() {
    }

    /// @param arguments how often each page is opened; 11 by default
    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 11;
        try (var program = ProgramUnderTest.start()) {
            var demo = Demo.run(program);
            System.out.println(demo.said().lines().filter(line -> line.startsWith("Sent")).findFirst().orElse(demo.said()));
            try (var chromium = new Chromium(program.console())) {
                measure(program, chromium, demo, runs);
            }
        }
    }

    private static void measure(ProgramUnderTest program, Chromium chromium, Demo demo, int runs) {
        var page = chromium.signedIn(program.firstRun("user"), program.firstRun("password"));
        System.out.printf("%n%-40s %21s %21s%n%-40s %10s %10s %10s %10s%n", "page", "first paint, ms", "filled, ms", "", "median", "p95", "median", "p95");
        for (var entry : pages(demo).entrySet()) {
            var paints = new ArrayList<Double>();
            var fills = new ArrayList<Double>();
            for (int run = -2; run < runs; run++) {
                page.navigate(program.console() + "/" + entry.getValue());
                double filled = number(page.evaluate(WATCH));
                double paint = number(page.evaluate(PAINT));
                if (run >= 0) {
                    paints.add(paint);
                    fills.add(filled);
                }
            }
            System.out.printf("%-40s %10.0f %10.0f %10.0f %10.0f%n", entry.getKey(), at(paints, 0.5), at(paints, 0.95), at(fills, 0.5), at(fills, 0.95));
        }
        filters(program, page, runs);
    }

    /// The pages of the navigation, and one alert and one person as the demo names them.
    private static Map<String, String> pages(Demo demo) {
        var pages = new LinkedHashMap<String, String>();
        for (var each : Navigation.pages()) {
            pages.put(each.label(), each.path());
        }
        for (var part : List.of("/alerts/", "/people/")) {
            demo.links().stream().filter(link -> link.contains(part)).findFirst()
                    .ifPresent(link -> pages.put(part.equals("/alerts/") ? "One alert" : "One person", link.substring(link.indexOf(part) + 1)));
        }
        return pages;
    }

    /// The first links that stay on their page and change its question: tabs and filters.
    private static void filters(ProgramUnderTest program, Page page, int runs) {
        System.out.printf("%n%-40s %10s %10s%n", "filter, until the list stands, ms", "median", "p95");
        for (var path : List.of("alerts", "people")) {
            page.navigate(program.console() + "/" + path);
            Filled.await(page);
            var links = page.locator(".page a[href^='" + path + "?']");
            if (links.count() == 0) {
                System.out.printf("%-40s %21s%n", path, "no filter that is a link");
                continue;
            }
            var took = new ArrayList<Double>();
            for (int run = 0; run < runs; run++) {
                var link = links.nth(run % links.count());
                page.evaluate("() => { window.__began = 0; addEventListener('click', () => { window.__began = performance.now(); }, {capture: true, once: true}); }");
                link.click();
                page.waitForFunction("() => window.__began > 0");
                took.add(number(page.evaluate(SETTLED)));
            }
            System.out.printf("%-40s %10.0f %10.0f%n", path, at(took, 0.5), at(took, 0.95));
        }
    }

    /// From the click until nothing has changed in the page for a tenth of a second and no part is reading; that tenth is
    /// not counted.
    private static final String SETTLED = """
            () => new Promise(done => { let last = performance.now();
              new MutationObserver(() => { last = performance.now(); }).observe(document.body, {subtree: true, childList: true, characterData: true});
              const look = () => { const reading = [...document.querySelectorAll('.loading, vaadin-grid[loading]')].some(part => part.checkVisibility());
                if (!reading && performance.now() - last > 100) done(last - window.__began); else setTimeout(look, 10); };
              look(); })
            """;

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static double at(List<Double> values, double part) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(part * (sorted.length - 1)))];
    }
}
