package io.trailwarden.dashboard.audit;

import com.vaadin.flow.router.QueryParameters;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.identity.AccessLog.Line;
import io.trailwarden.identity.AccessLog.Query;
import io.trailwarden.identity.AccessLog.What;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which lines of the log are shown, as the address says it.
///
/// @param what null for all
/// @param who account; null for anybody
/// @param whose person whose words were read; null for anybody
/// @param days back from now; 0 for all time
record AuditFilter(@Nullable What what, @Nullable String who, @Nullable String whose, int days) {

    static AuditFilter of(QueryParameters asked) {
        return new AuditFilter(asked.getSingleParameter("what").map(AuditFilter::what).orElse(null), asked.getSingleParameter("who").orElse(null),
                asked.getSingleParameter("whose").orElse(null), asked.getSingleParameter("days").map(AuditFilter::days).orElse(0));
    }

    private static @Nullable What what(String wire) {
        return Arrays.stream(What.values()).filter(each -> each.wireName().equals(wire)).findFirst().orElse(null);
    }

    private static int days(String text) {
        return switch (text) {
            case "1" -> 1;
            case "7" -> 7;
            case "30" -> 30;
            default -> 0;
        };
    }

    boolean narrowed() {
        return what != null || who != null || whose != null || days != 0;
    }

    Query query(Instant now, @Nullable Line after, int limit) {
        return new Query(what == null ? List.of() : List.of(what), who, whose, days == 0 ? null : now.minus(Duration.ofDays(days)), null, after, limit);
    }

    AuditFilter about(@Nullable What other) {
        return new AuditFilter(other, who, whose, days);
    }

    AuditFilter by(@Nullable String other) {
        return new AuditFilter(what, other, whose, days);
    }

    AuditFilter readOf(@Nullable String other) {
        return new AuditFilter(what, who, other, days);
    }

    AuditFilter within(int other) {
        return new AuditFilter(what, who, whose, other);
    }

    String address() {
        return Navigation.audit(what == null ? null : what.wireName(), who, whose, days);
    }
}
