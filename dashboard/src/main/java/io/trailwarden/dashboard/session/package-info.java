/// One session in order, prompt by prompt.
@NullMarked
package io.trailwarden.dashboard.session;

import org.jspecify.annotations.NullMarked;
