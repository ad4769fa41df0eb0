/// One alert: what happened, the records that show it, and who it is about.
@NullMarked
package io.trailwarden.dashboard.alert;

import org.jspecify.annotations.NullMarked;
