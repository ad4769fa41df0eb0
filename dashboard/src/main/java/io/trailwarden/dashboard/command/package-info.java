/// How a shell command is told to a person: drawn as the pipeline it is, each stage with what it does.
///
/// Start at [io.trailwarden.dashboard.command.CommandPipeline].
@NullMarked
package io.trailwarden.dashboard.command;

import org.jspecify.annotations.NullMarked;
