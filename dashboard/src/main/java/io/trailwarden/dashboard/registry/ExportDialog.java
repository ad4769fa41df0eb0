package io.trailwarden.dashboard.registry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.inventory.Kind;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is approved, as a text for somewhere else: `allowedMcpServers` for managed settings, or one host a line.
final class ExportDialog extends Dialog {

    /// What Claude Code takes as a server's name.
    private static final Predicate<String> SERVER = Pattern.compile("[A-Za-z0-9_-]{1,255}").asMatchPredicate();
    private static final Predicate<String> HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9_:\\[\\]-][A-Za-z0-9._:\\[\\]-]{0,254}").asMatchPredicate();

    /// @param names approved in the console and in policy files
    ExportDialog(Kind kind, List<String> names) {
        boolean servers = kind == Kind.MCP_SERVER;
        var good = names.stream().distinct().filter(servers ? SERVER : HOST).toList();
        var text = servers ? servers(good) : String.join("\n", good) + "\n";
        setHeaderTitle(servers ? "Approved servers for managed settings" : "Approved hosts");
        addClassName("export-dialog");
        add(new Paragraph(servers
                ? "Claude Code then loads only servers of these names. A name is a label that the person chooses; where it matters, replace it by "
                        + "serverUrl or serverCommand."
                : "One host a line, for a proxy, a firewall, or the sandbox's network list; *. stands for every name below."));
        if (good.size() < names.stream().distinct().count()) {
            add(new Paragraph("Left out: " + (names.stream().distinct().count() - good.size()) + ", whose names "
                    + (servers ? "are patterns, or not such as Claude Code takes." : "are patterns, or not such as hosts have.")));
        }
        var shown = new Pre(text);
        shown.addClassName("code");
        add(shown);
        getFooter().add(new Button("Close", _ -> close()), new CopyButton("Copy", () -> text));
    }

    static String servers(List<String> names) {
        return names.stream().map(name -> "    { \"serverName\": \"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\" }")
                .collect(Collectors.joining(",\n", "{\n  \"allowedMcpServers\": [\n", "\n  ]\n}\n"));
    }
}
