package io.trailwarden.dashboard.registry;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.inventory.Inventory.Counterpart;
import io.trailwarden.inventory.Kind;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One line of the list.
final class RegistryRow {

    private static final int LONGEST = 70;

    private static final String TEMPLATE = """
            <div class="registry-row" ?data-chosen="${item.chosen}">\
            <span class="name">${item.name.length ? html`<a class="c" href="${item.href}" router-link>${item.name.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>` : ''}\
            ${item.kept ? html`<a class="q" href="${item.href}" router-link>${item.kept}</a>` : ''}\
            ${item.how.length ? html`<span class="q how">${item.how.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>` : ''}</span>\
            <span class="standing ${item.tone}">${item.standing}</span>\
            <time class="first" data-age="ago" datetime="${item.firstAt}" title="${item.firstUtc}">${item.first}</time>\
            <a class="c by" href="${item.byHref}" router-link>${item.by.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="r people">${item.people}</span><span class="r calls">${item.calls}</span>\
            <span class="r refused">${item.refused}</span>\
            <time class="r last" data-age="ago" datetime="${item.lastAt}" title="${item.lastUtc}">${item.last}</time></div>""";

    private RegistryRow() {
    }

    /// @param href the address that opens one
    /// @param chosen the one that is open
    static LitRenderer<Counterpart> renderer(RegistryWords words, Moments moments, Function<UUID, String> href, Supplier<@Nullable UUID> chosen) {
        return LitRenderer.<Counterpart>of(TEMPLATE)
                .withProperty("chosen", row -> row.id().equals(chosen.get()))
                .withProperty("href", row -> href.apply(row.id()))
                .withProperty("name", row -> row.name() == null || row.name().isBlank() ? List.of() : InertText.line(row.name(), LONGEST))
                .withProperty("kept", row -> unnamed(words, row))
                .withProperty("how", row -> InertText.line(words.kind() == Kind.MCP_SERVER ? how(row) : String.join(", ", row.uses()), LONGEST))
                .withProperty("tone", row -> StandingWords.tone(row))
                .withProperty("standing", row -> StandingWords.inShort(row))
                .withProperty("first", row -> moments.ago(row.firstSeen()))
                .withProperty("firstAt", row -> row.firstSeen().toString())
                .withProperty("firstUtc", row -> Moments.utc(row.firstSeen()))
                .withProperty("by", row -> InertText.line(row.firstPerson(), 40))
                .withProperty("byHref", row -> Navigation.person(row.firstPerson()))
                .withProperty("people", row -> NumberLink.format(row.people()))
                .withProperty("calls", row -> row.calls() == 0 ? "none" : NumberLink.format(row.calls()))
                .withProperty("refused", row -> row.refused() == 0 ? "none" : NumberLink.format(row.refused()))
                .withProperty("last", row -> moments.ago(row.lastSeen()))
                .withProperty("lastAt", row -> row.lastSeen().toString())
                .withProperty("lastUtc", row -> Moments.utc(row.lastSeen()));
    }

    /// What stands in place of a name: nothing where there is one.
    static String unnamed(RegistryWords words, Counterpart row) {
        if (row.name() == null) {
            return "further names, counted together";
        }
        if (row.name().isEmpty()) {
            return words.keptBack();
        }
        return row.name().isBlank() ? "a name of spaces" : "";
    }

    /// Where the configurations of a server come from, and how it is spoken to: client text.
    static String how(Counterpart row) {
        var scopes = String.join(", ", row.scopes());
        var transports = String.join(", ", row.transports());
        return scopes.isEmpty() || transports.isEmpty() ? scopes + transports : scopes + " · " + transports;
    }
}
