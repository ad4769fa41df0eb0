package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.SeverityMark;

/// One alert as a row of the queue: a sentence, and beneath it the rule.
final class AlertRow {

    private static final String TEMPLATE = """
            <div class="alerts-row">""" + SeverityMark.template() + """
            <span class="title"><a class="m" href="${item.href}" router-link>${item.title.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="xs s rule">${item.attempt ? html`<span class="b">refused, an attempt</span> · ` : ''}${item.rule}</span>\
            </span>\
            <a class="c person" href="${item.personHref}" router-link>${item.person.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="r records"><a class="n" href="${item.href}" router-link>${item.records}</a><span class="unit">${item.unit}</span></span>\
            <span class="r age" title="${item.utc}">${item.age}</span></div>""";

    private AlertRow() {
    }

    static LitRenderer<Alert> renderer(Moments moments) {
        return LitRenderer.<Alert>of(TEMPLATE)
                .withProperty("href", alert -> Navigation.alert(alert.key()))
                .withProperty("severity", alert -> SeverityMark.word(alert.severity()))
                .withProperty("tone", alert -> SeverityMark.tone(alert.severity()))
                .withProperty("filled", alert -> SeverityMark.filled(alert.severity()))
                .withProperty("title", alert -> InertText.line(alert.title(), 300))
                .withProperty("attempt", Alert::attempt)
                .withProperty("rule", alert -> alert.rule().replace('_', ' '))
                .withProperty("personHref", alert -> Navigation.person(alert.person()))
                .withProperty("person", alert -> InertText.line(alert.person(), 80))
                .withProperty("records", alert -> alert.evidence().size())
                .withProperty("unit", alert -> alert.evidence().size() == 1 ? " record" : " records")
                .withProperty("age", alert -> moments.age(alert.raisedAt()))
                .withProperty("utc", alert -> Moments.utc(alert.raisedAt()));
    }
}
