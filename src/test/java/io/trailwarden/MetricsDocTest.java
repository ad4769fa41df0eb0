package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md` is what a program that was just started says of itself at `/q/metrics`, and when to worry.
class MetricsDocTest {

    private static final String NOTHING = "·";

    /// What the number says of itself cannot tell.
    private static final Map<String, String> WORRY = Map.ofEntries(
            Map.entry("trailwarden_alert_raised_alerts", "Many more than usual: one rule may be wrong for you; look who leads on the overview"),
            Map.entry("trailwarden_forward_deliveries_seconds", "`retry_later` or `misconfigured` without `accepted`"),
            Map.entry("trailwarden_forward_held_back_destinations", "Above 0 for ten minutes"),
            Map.entry("trailwarden_forward_items", "`refused` grows: there are dead letters on the page Forwarding"),
            Map.entry("trailwarden_forward_lag_seconds", "Above 300"),
            Map.entry("trailwarden_forward_misconfigured_destinations", "Above 0: nothing goes there until somebody mends it"),
            Map.entry("trailwarden_forward_waiting_items", "Grows for an hour"),
            Map.entry("trailwarden_identity_sign_ins", "`wrong` or `too_many_attempts` in numbers: somebody guesses passwords"),
            Map.entry("trailwarden_identity_token_checks", "`unknown` grows: a sender has a wrong or withdrawn token, and its telemetry is lost"),
            Map.entry("trailwarden_inventory_behind_records", "Grows for ten minutes"),
            Map.entry("trailwarden_inventory_counted_records", "Stands still while records are stored"),
            Map.entry("trailwarden_inventory_lag_seconds", "Above 300"),
            Map.entry("trailwarden_inventory_outages", "Grows"),
            Map.entry("trailwarden_otlp_accepted_records", "Falls to nothing at a time when people work: the door or the network is closed to them"),
            Map.entry("trailwarden_otlp_enum_names", NOTHING),
            Map.entry("trailwarden_otlp_memory_bytes", "Stays near `trailwarden.otlp.max-memory`: requests wait for each other"),
            Map.entry("trailwarden_otlp_received_bytes", NOTHING),
            Map.entry("trailwarden_otlp_request_seconds", "p99 above 1 s: clients that exit give up after two"),
            Map.entry("trailwarden_otlp_requests", "`unavailable` at all; `unauthenticated`, `malformed` or `too_large` in numbers"),
            Map.entry("trailwarden_redact_contents", NOTHING),
            Map.entry("trailwarden_redact_secrets", "Grows faster than usual: secrets are typed into prompts or commands"),
            Map.entry("trailwarden_rules_behind_records", "Above a few thousand for ten minutes"),
            Map.entry("trailwarden_rules_broken_problems", "Above 0: a rule or policy file is left out"),
            Map.entry("trailwarden_rules_evaluated_records", "Stands still while records are stored"),
            Map.entry("trailwarden_rules_evicted_groups", "Grows: more people or values at once than rules remember"),
            Map.entry("trailwarden_rules_failures", "Grows: a rule is broken at run time; it is named on the page Rules"),
            Map.entry("trailwarden_rules_findings", NOTHING),
            Map.entry("trailwarden_rules_loaded_rules", "Falls"),
            Map.entry("trailwarden_rules_outages", "Grows"),
            Map.entry("trailwarden_rules_receipt_to_alert_seconds", "p99 above 10 s"),
            Map.entry("trailwarden_spool_appends", "`busy`: senders were asked to come again"),
            Map.entry("trailwarden_spool_damaged_bytes", "Above 0: the disk lies; keep the folder and look at the log"),
            Map.entry("trailwarden_spool_group_requests", NOTHING),
            Map.entry("trailwarden_spool_quota_bytes", NOTHING),
            Map.entry("trailwarden_spool_records", NOTHING),
            Map.entry("trailwarden_spool_sync_seconds", "p99 above 100 ms: the disk is slow, and so is every answer"),
            Map.entry("trailwarden_spool_used_bytes", "Above half of `trailwarden_spool_quota_bytes`"),
            Map.entry("trailwarden_spool_waiting_records", "Grows for five minutes: the database is away or too slow"),
            Map.entry("trailwarden_spool_written_bytes", NOTHING),
            Map.entry("trailwarden_store_failures", "Grows"),
            Map.entry("trailwarden_store_load_seconds", "p99 above 5 s: the database is too slow"),
            Map.entry("trailwarden_store_records", "`unloadable` grows: records that could not be kept; the log names them"));

    private static final Pattern SERIES = Pattern.compile("(trailwarden_[a-z_]+)(?:\\{([^}]*)})? .*");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    private static Map<String, Family> families;

    /// One metric as Prometheus has it.
    private record Family(String type, String help, Map<String, TreeSet<String>> labels) {
    }

    @BeforeAll
    static void ask() {
        try (var program = ProgramUnderTest.start()) {
            families = read(program.metrics());
        }
    }

    @AfterAll
    static void forget() {
        families = Map.of();
    }

    @Test
    void theDocumentSaysWhatTheProgramSays() {
        DocumentCheck.assertDocument("docs/metrics.md", document());
    }

    @Test
    void everyMetricIsThereFromTheStart() {
        assertThat(declared()).isNotEmpty().allSatisfy(name -> assertThat(families.keySet()).as("%s is registered only later", name)
                .anySatisfy(family -> assertThat(family).startsWith(name)));
    }

    @Test
    void everyMetricSaysWhatItIsAndWhenToWorry() {
        assertThat(families).allSatisfy((name, family) -> {
            assertThat(family.help()).as(name).isNotBlank().doesNotEndWith(".");
            assertThat(WORRY).as("say in MetricsDocTest when to worry about %s", name).containsKey(name);
        });
    }

    /// Names in the code, as Prometheus begins them.
    private static List<String> declared() {
        var names = new ArrayList<String>();
        var name = Pattern.compile("\"(trailwarden\\.[a-z.]+)\"");
        for (var root : List.of("src/main/java", "dashboard/src/main/java")) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(each -> each.toString().endsWith("Metrics.java")).toList()) {
                    name.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1).replace('.', '_')));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return names;
    }

    private static Map<String, Family> read(String exposition) {
        var help = new TreeMap<String, String>();
        var types = new TreeMap<String, String>();
        var labels = new TreeMap<String, Map<String, TreeSet<String>>>();
        exposition.lines().forEach(line -> {
            var words = line.split(" ", 4);
            if (line.startsWith("# HELP trailwarden_")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE trailwarden_")) {
                types.put(words[2], words[3]);
            } else if (SERIES.matcher(line) instanceof java.util.regex.Matcher series && series.matches() && series.group(2) != null) {
                LABEL.matcher(series.group(2)).results().forEach(label -> labels.computeIfAbsent(series.group(1), _ -> new TreeMap<>())
                        .computeIfAbsent(label.group(1), _ -> new TreeSet<>()).add(label.group(2)));
            }
        });
        var families = new TreeMap<String, Family>();
        types.forEach((name, type) -> {
            // A summary's largest value is exposed as a family of its own.
            if (!name.endsWith("_max")) {
                families.put(name.replaceFirst("_total$", ""), new Family(type, help.getOrDefault(name, ""), labelsOf(name, labels)));
            }
        });
        return families;
    }

    private static Map<String, TreeSet<String>> labelsOf(String family, Map<String, Map<String, TreeSet<String>>> labels) {
        var found = new TreeMap<String, TreeSet<String>>();
        for (var suffix : List.of("", "_total", "_count")) {
            found.putAll(labels.getOrDefault(family + suffix, Map.of()));
        }
        found.keySet().removeAll(List.of("le", "quantile"));
        return found;
    }

    private static String document() {
        var rows = families.entrySet().stream().map(entry -> {
            var family = entry.getValue();
            var name = entry.getKey() + (family.type().equals("counter") ? "_total" : "");
            var tags = family.labels().entrySet().stream().map(label -> "`%s`: %s".formatted(label.getKey(), String.join(", ", label.getValue())))
                    .collect(Collectors.joining("; "));
            return "| `%s` | %s | %s | %s | %s | %s |".formatted(name, family.type(), unit(entry.getKey()), tags.isEmpty() ? NOTHING : tags, family.help(),
                    WORRY.getOrDefault(entry.getKey(), "?"));
        }).collect(Collectors.joining("\n"));
        return BEGINNING + rows + "\n" + END;
    }

    private static String unit(String name) {
        return name.substring(name.lastIndexOf('_') + 1).replace("ins", "attempts");
    }

    private static final String BEGINNING = """
            # Metrics and health

            Written by `./trailwarden docs` from a program that was just started. Do not edit by hand.

            ## Metrics

            `/q/metrics` on the console's port, in the text format of Prometheus, for bearers of an API token:

            ```yaml
            scrape_configs:
              - job_name: trailwarden
                metrics_path: /q/metrics
                authorization: { credentials_file: /etc/prometheus/trailwarden.token }
                static_configs: [{ targets: ["trailwarden.example:8080"] }]
            ```

            Every series is there from the start, so that a rate is right from its first minute. Labels hold no name that a person or
            a client chose. In code the same names have dots: `trailwarden.spool.used.bytes`. A histogram or summary of `x_seconds` has
            `x_seconds_count`, `x_seconds_sum` and `x_seconds_max`.

            | metric | type | unit | labels | what it is | worry when |
            |---|---|---|---|---|---|
            """;

    private static final String END = """

            Metrics of the JVM, of HTTP and of the connection pool stand beside these; their descriptions come with them.

            ## Alert rules for Prometheus

            ```yaml
            groups:
              - name: trailwarden
                rules:
                  - alert: TrailwardenDown
                    expr: up{job="trailwarden"} == 0
                    for: 2m
                    annotations: { summary: "Telemetry is not taken; clients lose what they send now" }
                  - alert: TrailwardenTelemetryTurnedAway
                    expr: sum(increase(trailwarden_spool_appends_total{outcome="busy"}[5m])) > 0
                    annotations: { summary: "The spool could not take telemetry; look at the disk and at the database" }
                  - alert: TrailwardenSpoolFills
                    expr: trailwarden_spool_used_bytes > 0.5 * trailwarden_spool_quota_bytes
                    for: 10m
                    annotations: { summary: "The database is away or too slow; at the quota senders are asked to come again" }
                  - alert: TrailwardenSpoolDamaged
                    expr: increase(trailwarden_spool_damaged_bytes_total[1h]) > 0
                    annotations: { summary: "Segments did not pass their checksums; keep the folder" }
                  - alert: TrailwardenNothingArrives
                    expr: sum(increase(trailwarden_otlp_accepted_records_total[1h])) == 0 and hour() > 7 and hour() < 18 and day_of_week() % 6 != 0
                    for: 30m
                    annotations: { summary: "No telemetry in working hours" }
                  - alert: TrailwardenSendersTurnedAway
                    expr: sum(increase(trailwarden_identity_token_checks_total{use="ingest",outcome!="accepted"}[15m])) > 10
                    annotations: { summary: "Senders come with a wrong token, and lose what they send" }
                  - alert: TrailwardenDetectionBehind
                    expr: trailwarden_rules_behind_records > 5000
                    for: 10m
                    annotations: { summary: "Alerts come late" }
                  - alert: TrailwardenRulesBroken
                    expr: trailwarden_rules_broken_problems > 0 or increase(trailwarden_rules_failures_total[1h]) > 0
                    annotations: { summary: "Rules are left out or fail" }
                  - alert: TrailwardenForwardingStopped
                    expr: trailwarden_forward_misconfigured_destinations > 0
                    annotations: { summary: "A SIEM gets nothing until somebody mends its settings" }
                  - alert: TrailwardenForwardingLate
                    expr: trailwarden_forward_lag_seconds > 300
                    for: 10m
                    annotations: { summary: "A SIEM is behind" }
                  - alert: TrailwardenDeadLetters
                    expr: sum(increase(trailwarden_forward_items_total{outcome="refused"}[1h])) > 0
                    annotations: { summary: "A SIEM refused items; they are kept on the page Forwarding" }
            ```

            ## Health

            | path | asks | for |
            |---|---|---|
            | `/q/health/live` | nothing | whoever restarts a process that hangs |
            | `/q/health/ready` | `door`: is the door open, and has the spool room | whoever sends telemetry here. The database is not asked: the door goes on without it |
            | `/q/health` | these, and `spool`, `database`, `detection`, `forwarding` | people and monitoring |

            Each check says its `status`, `since` when it is so (as far as somebody asked) and what it `means`. Anybody may ask, so names
            of people, hosts and destinations are in none. Never restart or stop sending because of `/q/health`: 503 there means that a person
            should look.

            | check | down when | meanwhile |
            |---|---|---|
            | `spool` | half of the quota is taken | telemetry is taken until the quota |
            | `database` | it does not answer | telemetry is taken and waits; nothing is detected, shown or forwarded |
            | `detection` | the database is away, rules are over a minute behind, or none is loaded | alerts come late, and none is lost |
            | `forwarding` | a destination waits for somebody to mend it, or could not be reached for five minutes | what is for it waits, and none is lost |
            """;
}
