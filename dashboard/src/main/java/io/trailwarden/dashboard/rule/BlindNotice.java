package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.RuleInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// For whom a rule is blind, why, and the setting that would let it see: said on the rule, because whoever trusts it must
/// know.
final class BlindNotice {

    private BlindNotice() {
    }

    /// @param names some of the people, by setting
    /// @return null when it is blind for nobody
    static @Nullable Component of(RuleInfo rule, List<BlindSpot> spots, Map<String, List<String>> names) {
        var own = spots.stream().filter(spot -> spot.rule().equals(rule.id())).toList();
        if (own.isEmpty()) {
            return null;
        }
        var notice = new Div();
        notice.addClassNames("notice", "blind-notice");
        own.forEach(spot -> notice.add(told(spot, names.getOrDefault(spot.setting(), List.of()))));
        return notice;
    }

    private static Component told(BlindSpot spot, List<String> names) {
        var first = new Span("Blind for " + (spot.people() == 1 ? "1 person" : NumberLink.format(spot.people()) + " people") + ". ");
        first.addClassName("b");
        var words = new Span(first, new Span("Their clients sent records in the last day without what "), ClientText.line(spot.setting(), 80),
                new Span(" would add. "));
        var setting = "\"" + spot.setting() + "\": \"1\"";
        var copy = new CopyButton("Copy the managed setting", () -> setting);
        copy.addThemeNames("tertiary-inline", "small");
        var line = new Div(words, copy);
        if (names.isEmpty()) {
            return line;
        }
        var list = new UnorderedList();
        list.addClassName("blind-names");
        names.forEach(name -> {
            var link = new Anchor(Navigation.person(name));
            link.setRouterIgnore(false);
            link.add(ClientText.line(name, 80));
            list.add(new ListItem(link));
        });
        var who = new Details(spot.people() > names.size() ? "Who: " + names.size() + " of them" : "Who: " + Sentence.counted(names.size(), "name"), list);
        return new Div(line, who);
    }
}
