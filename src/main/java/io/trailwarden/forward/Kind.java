package io.trailwarden.forward;

import java.time.InstantSource;
import java.util.List;

/// A kind of destination: what it is, what must be set, and how one is opened. Each is declared by its [Forwarder] and listed
/// in [Kinds]; the settings and `docs/forwarders.md` follow from it.
///
/// @param name as in the configuration, the metrics and the log, such as `splunk-hec`
/// @param destination what receives, in words for an operator: `Splunk HTTP Event Collector`
/// @param promise what may be lost or doubled on the way, one sentence
/// @param limits how much it takes at once
/// @param options what can be set beside the [CommonOptions]
/// @param opening makes a forwarder of checked settings
record Kind(String name, String destination, String promise, Limits limits, List<Option> options, Opening opening) {

    public Kind {
        options = List.copyOf(options);
    }

    /// Makes forwarders. Must be quick and connect nowhere: the destination may be down.
    public interface Opening {

        /// @throws Misconfiguration when files that `settings` name cannot be used, or settings contradict each other
        Forwarder open(DestinationSettings settings, InstantSource clock);
    }

    /// What is set does not do. The message is for the operator: key, problem, what is accepted; no secret.
    public static final class Misconfiguration extends RuntimeException {

        /// @param message whole, as [DestinationSettings#problem] words it
        public Misconfiguration(String message) {
            super(message);
        }
    }
}
