/// Lists as files for spreadsheets and programs: the alerts of the queue as filtered, and records of the trail.
///
/// Promises that nothing in a file acts on whoever opens it, that words of prompts stay masked, that who took what is
/// written down before the first byte is handed out, and that a list is never held in memory. Start at
/// [io.trailwarden.export.Exports].
@NullMarked
package io.trailwarden.export;

import org.jspecify.annotations.NullMarked;
