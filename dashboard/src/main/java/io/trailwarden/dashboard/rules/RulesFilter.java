package io.trailwarden.dashboard.rules;

import com.vaadin.flow.router.QueryParameters;
import io.trailwarden.alert.Severity;
import io.trailwarden.rules.RuleInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which rules are listed; all of it is in the address.
///
/// @param text in the title, the id, the description or a tag, in any case; empty for any
/// @param severity null for any
/// @param area folder of the rule's file, such as `egress`; empty for any
/// @param needs client setting that the rule needs; empty for any
/// @param show which of them
record RulesFilter(String text, @Nullable Severity severity, String area, String needs, Show show) {

    /// All rules.
    static final RulesFilter ALL = new RulesFilter("", null, "", "", Show.ALL);

    /// A selection by what became of rules.
    enum Show {
        ALL("All rules"),
        FIRING("With alerts in 14 days"),
        QUIET("Without alerts in 14 days"),
        BLIND("Blind for somebody"),
        FAILING("Failing");

        private final String words;

        Show(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        private String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads an address. What it cannot hold means any.
    static RulesFilter of(QueryParameters asked) {
        return new RulesFilter(one(asked, "text"),
                Arrays.stream(Severity.values()).filter(each -> each.wireName().equals(one(asked, "severity"))).findFirst().orElse(null),
                one(asked, "area"), one(asked, "needs"),
                Arrays.stream(Show.values()).filter(each -> each.wireName().equals(one(asked, "show"))).findFirst().orElse(Show.ALL));
    }

    private static String one(QueryParameters asked, String name) {
        return asked.getSingleParameter(name).orElse("");
    }

    /// What [#of] reads.
    QueryParameters parameters() {
        var written = new LinkedHashMap<String, List<String>>();
        put(written, "text", text);
        put(written, "severity", severity == null ? "" : severity.wireName());
        put(written, "area", area);
        put(written, "needs", needs);
        put(written, "show", show == Show.ALL ? "" : show.wireName());
        return new QueryParameters(written);
    }

    private static void put(Map<String, List<String>> written, String name, String value) {
        if (!value.isBlank()) {
            written.put(name, List.of(value));
        }
    }

    /// Whether `row` is listed.
    boolean matches(RuleRow row) {
        var rule = row.rule();
        return (severity == null || rule.severity() == severity) && (area.isEmpty() || area.equals(area(rule)))
                && (needs.isEmpty() || rule.needs().contains(needs)) && said(rule) && switch (show) {
                    case ALL -> true;
                    case FIRING -> row.counts().all() > 0;
                    case QUIET -> row.counts().all() == 0;
                    case BLIND -> row.blind() > 0;
                    case FAILING -> row.failing();
                };
    }

    private boolean said(RuleInfo rule) {
        var sought = text.strip().toLowerCase(Locale.ROOT);
        return Stream.concat(Stream.of(rule.id(), rule.title(), rule.description()), rule.tags().stream())
                .anyMatch(words -> words.toLowerCase(Locale.ROOT).contains(sought));
    }

    /// The folder of a rule's file: `egress` of `rules/egress/remote_tunnel.yaml`.
    static String area(RuleInfo rule) {
        var parts = rule.file().split("/");
        return parts.length < 2 ? "" : parts[parts.length - 2];
    }
}
