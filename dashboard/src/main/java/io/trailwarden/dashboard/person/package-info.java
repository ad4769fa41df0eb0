/// One person: who that is, what their agent did, and where it went wrong.
@NullMarked
package io.trailwarden.dashboard.person;

import org.jspecify.annotations.NullMarked;
