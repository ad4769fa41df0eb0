package io.trailwarden.dashboard.people;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.inventory.Activity.State;
import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.Trail.Person;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person in the list.
///
/// @param state what their client said last about itself; null when that is not counted yet
/// @param risk their score, 0 for nothing against them
/// @param open their alerts that are not closed, by severity
/// @param outdated whether policy calls their client too old
record FleetRow(Person person, @Nullable State state, int risk, Map<Severity, Long> open, boolean outdated) {

    static final String[] HEADS = {"person", "mode", "risk", "open alerts", "client", "managed settings", "sessions", "last seen"};

    private static final String PIECES = "${item.%s.map((p) => p.named ? html`<span class=\"cc\" title=\"${p.named}\">${p.text}</span>` : p.text)}";

    private static final String TEMPLATE = """
            <div class="people-row">\
            <a class="who c" href="${item.href}" router-link>%s</a>\
            <span class="mode" title="${item.modeTitle}"><span class="sw ${item.swatch}"></span>${item.mode.length \
            ? html`<span class="c">%s</span>` : html`<span class="q">not told</span>`}</span>\
            <span class="r risk ${item.riskTone}">${item.risk ? html`<a class="n" href="${item.href}" router-link \
            title="half of it is gone in a day">${item.risk}</a>` : html`<span class="q">·</span>`}</span>\
            <span class="alerts">${item.alerts.length ? item.alerts.map((a) => html`<a class="sev ${a.tone}" href="${a.href}" router-link \
            title="${a.title}" aria-label="${a.title}"><span class="bars f${a.filled}" aria-hidden="true"><span></span><span></span><span></span><span></span></span>\
            <span class="n">${a.count}</span></a>`) : html`<span class="q">none</span>`}</span>\
            <span class="client"><span class="c">%s</span>${item.old ? html`<span class="old">too old</span>` : ''}</span>\
            <span class="policy ${item.policyTone}" title="${item.policyTitle}">${item.policy}</span>\
            <span class="r sessions">${item.sessions}</span>\
            <time class="r ago" data-age="ago" datetime="${item.at}" title="${item.utc}">${item.ago}</time></div>""".formatted(PIECES.formatted("name"), PIECES.formatted("mode"),
                    PIECES.formatted("client"));

    static LitRenderer<FleetRow> renderer(Moments moments) {
        return LitRenderer.<FleetRow>of(TEMPLATE)
                .withProperty("href", row -> Navigation.person(row.person().name()))
                .withProperty("name", row -> InertText.line(row.person().name(), 80))
                .withProperty("swatch", row -> ModeSwatch.swatch(row.person().mode()))
                .withProperty("modeTitle", row -> ModeSwatch.title(row.person().mode()))
                .withProperty("mode", row -> pieces(row.person().mode()))
                .withProperty("risk", row -> row.risk() == 0 ? "" : NumberLink.format(row.risk()))
                .withProperty("riskTone", row -> row.risk() >= 40 ? "crit b" : row.risk() >= 20 ? "high" : "")
                .withProperty("alerts", FleetRow::marks)
                .withProperty("client", row -> pieces(row.person().clientVersion()))
                .withProperty("old", FleetRow::outdated)
                .withProperty("policy", FleetRow::policy)
                .withProperty("policyTone", row -> row.policy().equals("none") ? "high" : row.policy().equals("in force") ? "" : "q")
                .withProperty("policyTitle", FleetRow::policyInFull)
                .withProperty("sessions", row -> NumberLink.format(row.person().sessions()))
                .withProperty("ago", row -> moments.ago(row.person().lastSeen()))
                .withProperty("at", row -> row.person().lastSeen().toString())
                .withProperty("utc", row -> Moments.utc(row.person().lastSeen()));
    }

    /// One for each severity, gravest first.
    private List<SeverityMark.Count> marks() {
        return open.entrySet().stream().sorted(Map.Entry.<Severity, Long>comparingByKey(Comparator.reverseOrder()))
                .map(each -> SeverityMark.Count.of(each.getKey(), each.getValue(),
                        Navigation.alerts(AlertsFilter.OPEN.of(Set.of(each.getKey())).about(person.name())))).toList();
    }

    /// What their client said of managed settings, in a word or two.
    String policy() {
        if (state == null || state.managed() == null) {
            return state != null && state.details() == Details.NONE ? "details off" : "not told";
        }
        if (!state.managed()) {
            return "none";
        }
        return state.details() == Details.NONE || state.details() == Details.PART ? "in part" : "in force";
    }

    private String policyInFull() {
        return switch (policy()) {
            case "in force" -> "managed settings are in force";
            case "in part" -> "managed settings are in force, the arguments of "
                    + (state != null && state.details() == Details.PART ? "some tool calls" : "tool calls") + " are kept back";
            case "none" -> "the client said that no managed settings are in force";
            case "details off" -> "the client never told of managed settings and keeps the arguments of tool calls back";
            default -> "the client never told of managed settings";
        };
    }

    private static List<InertText.Piece> pieces(@Nullable String text) {
        return text == null ? List.of() : InertText.line(text, 40);
    }
}
