/// The page on which a machine is made to send: a token, the settings that carry it, and the first record that came of it.
@NullMarked
package io.trailwarden.dashboard.setup;

import org.jspecify.annotations.NullMarked;
