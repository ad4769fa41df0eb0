package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.Problem;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Alerts")
class RulesResource {

    private final Rules rules;

    RulesResource(Rules rules) {
        this.rules = rules;
    }

    /// One rule that runs, for programs.
    ///
    /// @param broken what happened when it last failed, null while it works
    /// @param blind whom it cannot see
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Rule", description = "A rule that runs")
    record RuleAnswer(String id, String version, String title,
            @Schema(description = "informational, low, medium, high or critical") String severity, String file,
            @Schema(description = "Client settings without which it is blind") List<String> needs,
            @Schema(description = "What happened when it last failed; null while it works") @Nullable String broken,
            @Schema(description = "Whom it cannot see") List<BlindAnswer> blind,
            @Schema(description = "How often it matched since this process started") long hits) {

        RuleAnswer {
            needs = List.copyOf(needs);
            blind = List.copyOf(blind);
        }
    }

    /// People that a rule cannot see.
    @Schema(name = "BlindSpot")
    record BlindAnswer(@Schema(description = "How many people sent records without it during the last day") int people,
            @Schema(description = "What would have to be set on their clients") String setting) {
    }

    /// The rules, and the files that could not become any.
    ///
    /// @param next always null: they fit on one page
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Rules")
    record RulesAnswer(List<RuleAnswer> items, @Nullable String next,
            @Schema(description = "What is wrong with rule files, which are left out: file:line:column: text") List<String> problems,
            @Schema(description = "Position of the last record that rules have seen, up to a second ago") long seen,
            @Schema(description = "Records of the trail that rules had not seen then") long behind) {
    }

    @GET
    @Path("v1/rules")
    @Operation(summary = "Rules that run, by id, and for whom they are blind")
    public RulesAnswer list() {
        var failing = rules.failing();
        var hits = rules.hits();
        var blind = rules.blindSpots().stream().collect(Collectors.groupingBy(BlindSpot::rule));
        var items = rules.loaded().stream().map(rule -> answer(rule, failing, hits, blind)).toList();
        var progress = rules.progress();
        return new RulesAnswer(items, null, rules.problems().stream().map(Problem::toString).toList(), progress.position(), progress.behind());
    }

    private static RuleAnswer answer(RuleInfo rule, Map<String, String> failing, Map<String, Long> hits, Map<String, List<BlindSpot>> blind) {
        var spots = blind.getOrDefault(rule.id(), List.of()).stream().map(spot -> new BlindAnswer(spot.people(), spot.setting())).toList();
        return new RuleAnswer(rule.id(), rule.version(), rule.title(), rule.severity().wireName(), rule.file(), rule.needs(),
                failing.get(rule.id()), spots, hits.getOrDefault(rule.id(), 0L));
    }
}
