/// What somebody does to their own account: a new password.
@NullMarked
package io.trailwarden.dashboard.password;

import org.jspecify.annotations.NullMarked;
