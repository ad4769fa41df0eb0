package io.trailwarden.dashboard.alert;

import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What to look for in other systems: the person, the hosts and programs of some records, and the minutes around them.
///
/// Its values are what clients sent. In a query each is one string that nothing in it can end: see the three quotings.
///
/// @param person whose agent; null when the name is too long to be one
/// @param from UTC in every query
record Pivot(@Nullable String person, List<String> hosts, List<String> programs, Instant from, Instant to) {

    private static final Duration AROUND = Duration.ofMinutes(5);
    private static final int MOST = 5;

    /// Longer than any name of a host, a program or a person that somebody would search for.
    private static final int LONGEST = 200;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    /// Programs that every session runs; naming them finds nothing.
    private static final Set<String> EVERYWHERE = Set.of("cd", "echo", "cat", "ls", "grep", "head", "tail", "true", "sed", "pwd");

    Pivot {
        hosts = List.copyOf(hosts);
        programs = List.copyOf(programs);
    }

    /// What `records` give to look for, five minutes around them.
    static Pivot of(String person, Collection<StoredEvent> records, Instant first, Instant last) {
        return new Pivot(person.length() <= LONGEST ? person : null, values(records, "egress.host"),
                values(records, "command.programs").stream().filter(program -> !EVERYWHERE.contains(program)).toList(),
                first.minus(AROUND), last.plus(AROUND));
    }

    private static List<String> values(Collection<StoredEvent> records, String field) {
        var values = new LinkedHashSet<String>();
        for (var record : records) {
            var value = record.event().field(field);
            if (value != null) {
                value.asTexts().stream().filter(text -> !text.isEmpty() && text.length() <= LONGEST).forEach(values::add);
            }
        }
        return values.stream().limit(MOST).toList();
    }

    /// The query for Microsoft Defender and Sentinel.
    String kql() {
        var times = "| where Timestamp between (datetime(" + SECONDS.format(from) + ") .. datetime(" + SECONDS.format(to) + "))\n";
        var who = person == null || !EMAIL.matcher(person).matches() ? ""
                : "| where InitiatingProcessAccountUpn =~ " + kqlText(person) + "\n";
        if (!hosts.isEmpty()) {
            return "DeviceNetworkEvents\n" + times + "| where " + any(hosts, host ->
                    "RemoteUrl has " + kqlText(host) + " or InitiatingProcessCommandLine has " + kqlText(host)) + "\n" + who
                    + "| project Timestamp, DeviceName, RemoteIP, RemoteUrl, InitiatingProcessCommandLine";
        }
        var what = programs.isEmpty() ? "" : "| where FileName in~ ("
                + programs.stream().map(Pivot::kqlText).collect(Collectors.joining(", ")) + ")\n";
        return "DeviceProcessEvents\n" + times + what + who.replace("InitiatingProcessAccountUpn", "AccountUpn")
                + "| project Timestamp, DeviceName, AccountUpn, FileName, ProcessCommandLine";
    }

    /// The query for Splunk, in names of its Common Information Model. Times are seconds since 1970, which no time zone of
    /// somebody's account can move.
    String spl() {
        var what = !hosts.isEmpty()
                ? any(hosts, host -> "dest=" + splText(host) + " OR url=" + splText("*" + host + "*"))
                : any(programs, program -> "process_name=" + splText(program));
        var who = person == null ? "" : " (user=" + splText(person) + " OR src_user=" + splText(person) + ")";
        return "search index=* earliest=" + from.getEpochSecond() + " latest=" + to.getEpochSecond() + who
                + (what.isEmpty() ? "" : "\n    (" + what + ")")
                + "\n| table _time, host, user, process, dest, url";
    }

    /// The query for Elastic, in names of its Common Schema.
    String eql() {
        var what = !hosts.isEmpty()
                ? any(hosts, host -> "destination.domain == " + eqlText(host) + " or stringContains~(process.command_line, "
                        + eqlText(host) + ")")
                : any(programs, program -> "process.name == " + eqlText(program));
        var conditions = Stream.of("@timestamp >= \"" + SECONDS.format(from) + "\" and @timestamp <= \"" + SECONDS.format(to) + "\"",
                what.isEmpty() ? null : "(" + what + ")",
                person == null ? null : "(user.email == " + eqlText(person) + " or user.name == " + eqlText(person) + ")");
        return "any where " + conditions.filter(Objects::nonNull).collect(Collectors.joining("\n  and "));
    }

    private static String any(List<String> values, Function<String, String> condition) {
        return values.stream().map(condition).collect(Collectors.joining("\n    or "));
    }

    /// A string of KQL. Whatever is not plain ASCII, and what could end the string, is written by its number.
    static String kqlText(String text) {
        return escaped(text, c -> "\\u%04x".formatted((int) c));
    }

    /// A string of EQL, likewise; its numbers stand in braces.
    static String eqlText(String text) {
        return escaped(text, c -> "\\u{%04x}".formatted((int) c));
    }

    private static String escaped(String text, Function<Character, String> byNumber) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            quoted.append(c < ' ' || c > '~' || c == '"' || c == '\\' || c == '`' ? byNumber.apply(c) : String.valueOf(c));
        }
        return quoted.append('"').toString();
    }

    /// A string of SPL, which has no numbers for characters, expands macros and lets backslashes mean several things: what
    /// is no letter, digit or mark of addresses becomes the wildcard `*`. That finds a little more, and never anything else.
    static String splText(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            boolean plain = c < 128 ? Character.isLetterOrDigit(c) || " ._-@:/+=,%?&~#".indexOf(c) >= 0 : Character.isLetterOrDigit(c);
            if (plain) {
                quoted.appendCodePoint(c);
            } else if (quoted.charAt(quoted.length() - 1) != '*') {
                quoted.append('*');
            }
        });
        return quoted.append('"').toString();
    }
}
