package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alert.Handling;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.SeverityMark;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One alert as a row of the queue: a sentence, and beneath it the rule.
final class AlertRow {

    private static final String TEMPLATE = """
            <div class="alerts-row ${item.look}" aria-current="${item.current}" @click="${touch}">\
            <span class="tick">${item.may ? html`<input type="checkbox" class="cb" .checked="${item.selected}" @change="${tick}" \
            @click="${(e) => e.stopPropagation()}" aria-label="${item.label}">` : ''}</span>""" + SeverityMark.template() + """
            <span class="title"><a class="m" href="${item.href}" router-link>${item.title.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="xs s rule">${item.attempt ? html`<span class="b">refused, an attempt</span> · ` : ''}${item.rule}</span>\
            </span>\
            <a class="c person" href="${item.personHref}" router-link>${item.person.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="r records"><a class="n" href="${item.href}" router-link>${item.records}</a><span class="unit">${item.unit}</span></span>\
            <span class="r age ${item.late ? 'late' : ''}" title="${item.utc}"><time data-age="span" datetime="${item.at}">${item.age}</time>${item.late ? html` <span class="xs">late</span>` : ''}</span>\
            <span class="owner">${item.initials ? html`<span class="av" title="${item.owner}" aria-label="${item.owner}" role="img">${item.initials}</span>` \
            : html`<span class="q">nobody</span>`}</span>\
            <span class="stand"><span>${item.status}</span><span class="xs s">${item.how}</span></span></div>""";

    private AlertRow() {
    }

    /// @param from the list that the page of an alert leads on in and back to
    /// @param ruleTitle what a rule calls itself
    /// @param may whether rows can be selected
    /// @param touch called when a row is pressed
    /// @param tick called when its box is
    static LitRenderer<QueueRow> renderer(Moments moments, AlertsFilter from, Function<String, String> ruleTitle, boolean may, Consumer<QueueRow> touch,
            Consumer<QueueRow> tick) {
        return LitRenderer.<QueueRow>of(TEMPLATE)
                .withProperty("look", QueueRow::look)
                .withProperty("current", row -> row.look().contains("cur") ? "true" : "false")
                .withProperty("may", _ -> may)
                .withProperty("selected", QueueRow::selected)
                .withProperty("label", row -> "Select: " + SeverityMark.word(row.alert().severity()) + ", " + row.key().toString().substring(0, 8))
                .withProperty("href", row -> Navigation.alert(row.key(), from))
                .withProperty("severity", row -> SeverityMark.word(row.alert().severity()))
                .withProperty("tone", row -> SeverityMark.tone(row.alert().severity()))
                .withProperty("filled", row -> SeverityMark.filled(row.alert().severity()))
                .withProperty("title", row -> InertText.line(row.alert().title(), 300))
                .withProperty("attempt", row -> row.alert().attempt())
                .withProperty("rule", row -> ruleTitle.apply(row.alert().rule()))
                .withProperty("personHref", row -> Navigation.person(row.alert().person()))
                .withProperty("person", row -> InertText.line(row.alert().person(), 80))
                .withProperty("records", row -> row.alert().evidence().size())
                .withProperty("unit", row -> row.alert().evidence().size() == 1 ? " record" : " records")
                .withProperty("age", row -> moments.age(row.alert().raisedAt()))
                .withProperty("at", row -> row.alert().raisedAt().toString())
                .withProperty("late", row -> row.alert().late(moments.clock().instant()))
                .withProperty("utc", row -> Moments.utc(row.alert().raisedAt()))
                .withProperty("owner", row -> row.alert().owner())
                .withProperty("initials", row -> initials(row.alert()))
                .withProperty("status", row -> row.alert().status().wireName())
                .withProperty("how", row -> how(row.alert().handling()))
                .withFunction("touch", touch::accept)
                .withFunction("tick", tick::accept);
    }

    /// Of a closed alert as what and by whom, of an acknowledged one nothing: its owner says it.
    private static String how(@Nullable Handling handling) {
        return handling == null || handling.reason() == null ? ""
                : CloseDialog.word(handling.reason()).toLowerCase(Locale.ROOT) + ", " + handling.by();
    }

    /// Two letters: of the first two parts of the name, or its first two.
    private static String initials(Alert alert) {
        var owner = alert.owner();
        if (owner == null) {
            return "";
        }
        var parts = owner.split("[._@+-]+");
        var letters = parts.length > 1 && !parts[0].isEmpty() && !parts[1].isEmpty() && owner.indexOf('@') != parts[0].length()
                ? parts[0].substring(0, 1) + parts[1].charAt(0) : owner.substring(0, Math.min(2, owner.length()));
        return letters.toUpperCase(Locale.ROOT);
    }
}
