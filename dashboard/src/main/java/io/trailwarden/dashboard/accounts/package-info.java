/// The page of those who may sign in, and as what.
@NullMarked
package io.trailwarden.dashboard.accounts;

import org.jspecify.annotations.NullMarked;
