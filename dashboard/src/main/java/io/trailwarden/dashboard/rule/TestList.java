package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.rules.RuleTests;
import java.util.List;

/// The tests inside a rule's file and whether they pass with the lists as they stand here.
final class TestList {

    private TestList() {
    }

    static Component of(List<RuleTests.Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            var none = new Paragraph("The file holds no tests: nothing but alerts will tell whether it works.");
            none.addClassName("q");
            return none;
        }
        var list = new UnorderedList();
        list.addClassName("rule-tests");
        outcomes.forEach(outcome -> list.add(item(outcome)));
        return list;
    }

    private static ListItem item(RuleTests.Outcome outcome) {
        boolean passed = outcome.failure() == null;
        var mark = new Span(passed ? "✓" : "×");
        mark.addClassName("mk");
        mark.getElement().setAttribute("aria-hidden", "true");
        var result = new Span(passed ? "passes" : "fails");
        result.addClassName(passed ? "q" : "b");
        var item = new ListItem(mark, new OurText(InertText.line(outcome.test(), 200)), result);
        item.setClassName("fails", !passed);
        var failure = outcome.failure();
        if (failure != null) {
            var why = new OurText(InertText.line(failure, 600));
            why.addClassName("why-not");
            item.add(why);
        }
        return item;
    }
}
