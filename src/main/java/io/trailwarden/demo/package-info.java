/// An invented company that works with Claude Code: sixty people, two weeks, a few bad days. Made from a seed, so that the
/// same moment gives the same records, and sent from outside through the door like anybody's.
///
/// It knows nothing of the rest of the program, so that nothing but the wire joins them. Start reading at [Fleet].
@NullMarked
package io.trailwarden.demo;

import org.jspecify.annotations.NullMarked;
