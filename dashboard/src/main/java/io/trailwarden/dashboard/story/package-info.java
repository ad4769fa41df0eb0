/// A trail as it is told: prompts and what was done for each, with the mode as a band, questions to scale, and what is
/// missing in its place. Pages of a person and of a session are made of it. Start at
/// [io.trailwarden.dashboard.story.PromptList].
@NullMarked
package io.trailwarden.dashboard.story;

import org.jspecify.annotations.NullMarked;
