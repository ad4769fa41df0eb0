/// Reading what somebody wrote: by whoever may, one text at a time, for a reason that is kept.
///
/// The only way from the trail to words of a prompt or an answer; everything else gets them masked, see
/// [io.trailwarden.event.Words]. Start at [io.trailwarden.reveal.Reveal].
@NullMarked
package io.trailwarden.reveal;

import org.jspecify.annotations.NullMarked;
