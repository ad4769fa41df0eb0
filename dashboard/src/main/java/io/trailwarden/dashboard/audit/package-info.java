/// Who came, who was turned away, who changed what, and who read whose words. Read only, for everybody.
@NullMarked
package io.trailwarden.dashboard.audit;

import org.jspecify.annotations.NullMarked;
