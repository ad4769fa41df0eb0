/// Reads shell commands the way a shell would, without running anything: which programs, files, hosts and pipes.
///
/// Safe on hostile text: bounded in length, depth and steps, never fails. Start at
/// [io.trailwarden.dialect.shell.ShellReader].
@NullMarked
package io.trailwarden.dialect.shell;

import org.jspecify.annotations.NullMarked;
