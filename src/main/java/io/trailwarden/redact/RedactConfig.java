package io.trailwarden.redact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What is kept of the words and names in telemetry. Secrets are always replaced; there is no switch for that.
@ConfigMapping(prefix = "trailwarden.redact")
interface RedactConfig {

    /// Text of prompts and of what is put into the model's context: `keep`, `mask` or `drop`.
    @WithDefault("mask")
    ContentPolicy prompts();

    /// Text of the model's answers, and output and content that tools returned: `keep`, `mask` or `drop`.
    @WithDefault("mask")
    ContentPolicy responses();

    /// E-mail addresses of people: `keep` or `hash`.
    @WithDefault("keep")
    EmailPolicy email();
}
