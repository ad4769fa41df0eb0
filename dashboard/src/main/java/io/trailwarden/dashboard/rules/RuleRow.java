package io.trailwarden.dashboard.rules;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One rule as a line of the list.
///
/// @param counts its alerts of the last 14 days
/// @param hits how often it matched since this process started
/// @param blind for how many people it is blind
record RuleRow(RuleInfo rule, Counts counts, long hits, int blind, boolean failing) {

    private static final String TEMPLATE = """
            <div class="rules-row"><span class="severity">%s</span>\
            <span class="title"><a class="m" href="${item.path}">${item.title}</a>\
            <span class="q xs">${item.area}${item.failing ? html`, <b class="crit">failing</b>` : ''}</span></span>\
            <span class="techniques q">${item.techniques}</span>\
            <span class="r alerts">${item.raised ? html`<a class="n" href="${item.list}">${item.alerts}</a>` : '·'}\
            <span class="unit"> alerts</span></span>\
            <span class="ended s">${item.ended}</span>\
            <span class="r hits q">${item.hits}<span class="unit"> hits</span></span>\
            <span class="r blind ${item.blind ? 'high' : 'q'}">${item.blind ? item.blind : '·'}<span class="unit"> blind</span></span>\
            <span class="r last q">${item.at ? html`<time data-age="ago" datetime="${item.at}" title="${item.utc}">${item.last}</time>` : item.last}</span></div>""".formatted(SeverityMark.template());

    /// The line's cells, named.
    static final String[] HEADS = {"severity", "rule", "techniques", "alerts, 14 d", "what became of them", "hits", "blind for", "last alert"};

    /// All rules that run, gravest first of those that raised something, then the others.
    static List<RuleRow> all(Rules rules, Map<String, Counts> counts) {
        var hits = rules.hits();
        var failing = rules.failing();
        var blind = rules.blindSpots().stream().collect(Collectors.toMap(BlindSpot::rule, BlindSpot::people, Math::max));
        return rules.loaded().stream()
                .map(rule -> new RuleRow(rule, counts.getOrDefault(rule.id(), Counts.NOTHING), hits.getOrDefault(rule.id(), 0L),
                        blind.getOrDefault(rule.id(), 0), failing.containsKey(rule.id())))
                .sorted(Comparator.comparing((RuleRow row) -> row.counts().all() == 0)
                        .thenComparing(row -> row.rule().severity(), Comparator.reverseOrder())
                        .thenComparing(row -> row.counts().all(), Comparator.reverseOrder())
                        .thenComparing(row -> row.rule().title()))
                .toList();
    }

    static LitRenderer<RuleRow> renderer(Moments moments) {
        return LitRenderer.<RuleRow>of(TEMPLATE)
                .withProperty("tone", row -> SeverityMark.tone(row.rule().severity()))
                .withProperty("filled", row -> SeverityMark.filled(row.rule().severity()))
                .withProperty("severity", row -> SeverityMark.word(row.rule().severity()))
                .withProperty("path", row -> Navigation.rule(row.rule().id()))
                .withProperty("title", row -> row.rule().title())
                .withProperty("area", row -> RulesFilter.area(row.rule()))
                .withProperty("failing", RuleRow::failing)
                .withProperty("techniques", row -> String.join("  ", row.rule().techniques()))
                .withProperty("alerts", row -> NumberLink.format(row.counts().all()))
                .withProperty("raised", row -> row.counts().all() > 0)
                .withProperty("list", row -> Navigation.alerts(AlertsFilter.OPEN.in(List.of()).ofRule(row.rule().id())))
                .withProperty("ended", row -> ended(row.counts()))
                .withProperty("hits", row -> dot(row.hits()))
                .withProperty("blind", row -> row.blind() == 0 ? "" : NumberLink.format(row.blind()))
                .withProperty("at", row -> row.counts().last() == null ? "" : row.counts().last().toString())
                .withProperty("utc", row -> row.counts().last() == null ? "" : Moments.utc(row.counts().last()))
                .withProperty("last", row -> row.counts().last() == null ? "·" : moments.ago(row.counts().last()));
    }

    private static String dot(long number) {
        return number == 0 ? "·" : NumberLink.format(number);
    }

    /// `3 open, 2 incidents, 9 false alarms`.
    static String ended(Counts counts) {
        var parts = new ArrayList<String>();
        add(parts, counts.open(), "open", "open");
        add(parts, counts.acknowledged(), "in hand", "in hand");
        add(parts, counts.closed().getOrDefault(CloseReason.INCIDENT, 0L), "incident", "incidents");
        add(parts, counts.closed().getOrDefault(CloseReason.AUTHORISED, 0L), "authorised", "authorised");
        add(parts, counts.closed().getOrDefault(CloseReason.FALSE_ALARM, 0L), "false alarm", "false alarms");
        add(parts, counts.closed().getOrDefault(CloseReason.DUPLICATE, 0L), "duplicate", "duplicates");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(NumberLink.format(count) + " " + (count == 1 ? one : many));
        }
    }
}
