package io.trailwarden.forward;

import io.trailwarden.alert.Severity;
import io.trailwarden.forward.Option.Takes;
import java.util.Arrays;
import java.util.List;

/// What can be set for a destination of any kind.
final class CommonOptions {

    private static final Takes SEVERITY = new Takes.OneOf(Arrays.stream(Severity.values()).map(Severity::wireName).toList());

    static final Option SEND = Option.optional("send", Takes.OneOf.of("alerts", "events", "both"), "alerts",
            "What goes there: what happens to alerts, records of the trail, or both");
    static final Option ALERT_SEVERITY = Option.optional("alert-severity", SEVERITY, "informational", "Alerts below this severity are left out");
    static final Option ALERT_RULES = Option.optional("alert-rules", new Takes.Patterns(), "*", "Alerts of other rules are left out");
    static final Option EVENT_SEVERITY = Option.optional("event-severity", SEVERITY, "informational", "Records below this severity are left out");
    static final Option EVENT_NAMES = Option.optional("event-names", new Takes.Patterns(), "*", "Records with other names are left out");
    static final Option START = Option.optional("start", Takes.OneOf.of("now", "beginning"), "now",
            "Where a destination begins that was never there before: with what comes, or with all there is");
    static final Option PROMPTS = Option.optional("prompts", Takes.OneOf.of("mask", "keep"), "mask",
            "Whether words of prompts and answers go there, if the trail has them at all");

    /// For kinds that post to a URL with [HttpPost]; each lists these among its own.
    public static final Option URL = Option.required("url", new Takes.Url(), "Where to post to");
    /// For kinds that post to a URL.
    public static final Option ALLOW_HTTP = Option.optional("allow-http", new Takes.Flag(), "false",
            "Whether `url` may be `http`: then everything on the way can read along");
    /// For kinds that use TLS.
    public static final Option CA_FILE = Option.optional("ca-file", new Takes.ReadableFile(), "",
            "Certificates (PEM) of those who vouch for the destination, in place of the usual ones");

    static final List<Option> ALL = List.of(SEND, ALERT_SEVERITY, ALERT_RULES, EVENT_SEVERITY, EVENT_NAMES, START, PROMPTS);

    private CommonOptions() {
    }
}
