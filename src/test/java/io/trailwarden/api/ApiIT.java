package io.trailwarden.api;

import static io.restassured.RestAssured.given;
import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Secret;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithFakeTrail.class)
class ApiIT {

    private static final AuditEvent DECISION = decision("Bash", "accept", 1).with("event.sequence", 7).with("permission_mode", "default")
            .with("depth", Value.of(2.5)).with("truth", Value.of(true)).with("list", Value.of(List.of("a", "b"))).with("big", 9007199254740993L)
            .with("tool_parameters", "{\"full_command\":\"<b>\\u0000\"}").common("user.email", "user@example.com")
            .resource("service.version", "2.1.329").derived("command.programs", Value.of(List.of("cat", "curl"))).build();
    private static final AuditEvent PROMPT = event("user_prompt", 2).of("User@example.com").in("s2").with("prompt", "fire bob").build();
    private static final AuditEvent SPAN = event("claude_code.tool", 3).signal(Signal.SPAN).build();

    @Inject
    FakeTrail trail;

    @Inject
    Alerts alerts;

    @Inject
    Tokens tokens;

    @Inject
    AccessLog log;

    @Inject
    DataSource database;

    @Inject
    Accounts accounts;

    private String apiToken = "";
    private String triageToken = "";
    private String ingestToken = "";

    @BeforeEach
    void threeRecordsAndNoAlert() throws SQLException {
        trail.holds(DECISION, PROMPT, SPAN);
        apiToken = tokens.issue("reader", Kind.API, Set.of(), null, "test").text().reveal();
        triageToken = tokens.issue("soar", Kind.API, Set.of(), Set.of(Scope.READ, Scope.TRIAGE), null, "test").text().reveal();
        ingestToken = tokens.issue("fleet", Kind.INGEST, Set.of(Signal.LOG), null, "test").text().reveal();
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("delete from alert");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/events", "/api/v1/events/00000000-0000-8000-8000-000000000000", "/api/v1/sessions", "/api/v1/people", "/api/v1/mcp-servers", "/api/v1/destinations",
            "/api/v1/alerts", "/api/v1/alerts/00000000-0000-8000-8000-000000000000", "/api/v1/stats", "/api/v1/rules", "/api/v1/forwarding", "/api/v1/exports/alerts", "/api/v1/exports/events", "/api/v1/nothing", "/api",
            "/q/metrics"})
    void onlyAnApiTokenOpensWhatIsForPrograms(String path) {
        given().get(path).then().statusCode(401).contentType("application/problem+json").header("WWW-Authenticate", startsWith("Bearer"))
                .body("status", equalTo(401)).body("detail", containsString("no bearer token"));
        given().header("Authorization", "Bearer tw_wrong").get(path).then().statusCode(401).body("detail", containsString("no token of ours"));
        given().auth().preemptive().basic("admin", "admin").get(path).then().statusCode(401);
        given().header("Authorization", "Bearer " + ingestToken).get(path).then().statusCode(403).contentType("application/problem+json")
                .body("detail", containsString("is for sending; read with an API token"));

        int status = program().get(path).statusCode();

        assertThat(status).isIn(200, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge", "assign", "comment", "close", "reopen"})
    void onlyATokenThatSaysSoWorksOnAlerts(String act) throws SQLException {
        var alert = raise(finding(DECISION).build()).getFirst();
        var path = "/api/v1/alerts/" + alert.key() + "/" + act;
        given().contentType("application/json").body("{}").post(path).then().statusCode(401).contentType("application/problem+json");
        given().header("Authorization", "Bearer " + ingestToken).contentType("application/json").body("{}").post(path).then().statusCode(403);
        program().contentType("application/json").body("{}").post(path).then().statusCode(403).contentType("application/problem+json")
                .body("detail", containsString("may only read; this takes one with the scope 'triage'"));
        program().get("/api/v1/alerts/" + alert.key()).then().body("status", equalTo("open")).body("owner", nullValue());

        assertThat(worker().body("{}").post(path).statusCode()).isIn(200, 400, 409);
        worker().body("{\"text\": \"hello\", \"why\": \"x\", \"reason\": \"incident\", \"justification\": \"long enough to be understood\"}")
                .post("/api/v1/alerts/00000000-0000-8000-8000-000000000000/" + act).then().statusCode(404).contentType("application/problem+json");
        worker().get("/api/v1/alerts").then().statusCode(200);
    }

    @Test
    void aProgramWorksOnAnAlertFromEndToEnd() throws SQLException {
        if (accounts.find("mara").isEmpty()) {
            accounts.create("mara", new Secret("a long enough password"), Set.of(Roles.ANALYST), "test");
        }
        var path = "/api/v1/alerts/" + raise(finding(DECISION).build()).getFirst().key();

        worker().body("{\"note\": \"playbook 7\"}").post(path + "/acknowledge").then().statusCode(200)
                .body("status", equalTo("acknowledged")).body("handledBy", equalTo("token soar")).body("owner", nullValue());
        worker().post(path + "/acknowledge").then().statusCode(409).contentType("application/problem+json")
                .body("detail", equalTo("nothing changed: the alert is acknowledged, by token soar, and its owner is nobody"));
        worker().body("{\"to\": \"mara\"}").post(path + "/assign").then().statusCode(200).body("owner", equalTo("mara"));
        worker().body("{\"to\": null}").post(path + "/assign").then().statusCode(200).body("owner", nullValue());
        worker().body("{\"text\": \"asked the person\"}").post(path + "/comment").then().statusCode(200);
        worker().body("{\"reason\": \"authorised\", \"justification\": \"announced in CHG-2291, host is ours\"}").post(path + "/close").then()
                .statusCode(200).body("status", equalTo("closed")).body("closeReason", equalTo("authorised"))
                .body("closeJustification", equalTo("announced in CHG-2291, host is ours"));
        worker().body("{\"why\": \"wrong alert\"}").post(path + "/reopen").then().statusCode(200).body("status", equalTo("open"))
                .body("closeReason", nullValue()).body("handledBy", nullValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"close|{}|reason", "close|{\"reason\": \"benign\"}|reason", "close|{\"reason\": \"incident\"}|justification",
            "close|{\"reason\": \"incident\", \"justification\": \"too short\"}|justification", "comment|{\"text\": \" \"}|text", "reopen|{}|why",
            "assign|{\"to\": \"nobody we know\"}|to"})
    void whatIsMissingInAnActIsNamed(String act, String body, String parameter) throws SQLException {
        var path = "/api/v1/alerts/" + raise(finding(DECISION).build()).getFirst().key() + "/" + act;

        worker().body(body).post(path).then().statusCode(400).contentType("application/problem+json").body("parameter", equalTo(parameter))
                .body("accepted.length() > 5", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "[]", "{\"text\": {}}", "\"text\""})
    void aBodyThatIsNoSuchObjectIsABadRequest(String body) throws SQLException {
        var path = "/api/v1/alerts/" + raise(finding(DECISION).build()).getFirst().key() + "/comment";

        worker().body(body).post(path).then().statusCode(400).contentType("application/problem+json").body("status", equalTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/api/v1/events/a/b", "/api/nothing", "/api/v1/events/00000000-0000-8000-8000-000000000000"})
    void whatIsNotThereIsSaidInJson(String path) {
        program().get(path).then().statusCode(404).contentType("application/problem+json").body("status", equalTo(404));
    }

    @Test
    void whatIsReadCannotBePosted() {
        program().post("/api/v1/events").then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void anEventCarriesWhatTheClientSaidWithItsTypes() {
        program().get("/api/v1/events/" + DECISION.id()).then().statusCode(200)
                .body("id", equalTo(DECISION.id().toString())).body("position", equalTo(1))
                .body("time", equalTo("2026-11-02T12:00:01.000Z")).body("receivedAt", equalTo("2026-11-02T12:00:03.000Z"))
                .body("name", equalTo("tool_decision")).body("signal", equalTo("log")).body("person", equalTo("user@example.com"))
                .body("session", equalTo("s1")).body("sequence", equalTo(7)).body("tool", equalTo("Bash"))
                .body("decision", equalTo("accept")).body("source", equalTo("config")).body("mode", equalTo("default"))
                .body("principal", equalTo("test")).body("attributes.depth", equalTo(2.5f)).body("attributes.truth", equalTo(true))
                .body("attributes.list", equalTo(List.of("a", "b"))).body("attributes.big", equalTo(9007199254740993L))
                .body("attributes.tool_parameters", containsString("<b>")).body("attributes.'user.email'", equalTo("user@example.com"))
                .body("resource.'service.version'", equalTo("2.1.329"))
                .body("derived.'command.programs'", equalTo(List.of("cat", "curl")));
    }

    @Test
    void wordsOfPromptsAreMaskedForPrograms() {
        program().get("/api/v1/events/" + PROMPT.id()).then().statusCode(200).body("attributes.prompt", equalTo("[masked:8]"));
        program().get("/api/v1/events?person=User@example.com").then().statusCode(200).body(not(containsString("fire bob")));
    }

    @Test
    void anEventWithoutAValueSaysNull() {
        program().get("/api/v1/events/" + SPAN.id()).then().statusCode(200).body("containsKey('tool')", equalTo(true))
                .body("tool", nullValue()).body("sequence", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"person=user@example.com,2", "person=User@example.com,1", "person=USER@example.com,0", "session=s2,1", "name=tool_decision,1",
            "signal=span,1", "signal=span&signal=log,3", "from=2026-11-02T12:00:02Z,2", "to=2026-11-02T12:00:02Z,1",
            "from=2026-11-02T13:00:02+01:00,2", "from=2026-11-02T13:00:02%2B01:00,2"})
    void eventsAreFiltered(String filter, int expected) {
        program().urlEncodingEnabled(false).get("/api/v1/events?" + filter).then().statusCode(200).body("items", hasSize(expected))
                .body("containsKey('next')", equalTo(true)).body("next", nullValue());
    }

    @Test
    void pagesFollowOneAnother() {
        String next = program().get("/api/v1/events?limit=2").then().statusCode(200).body("items", hasSize(2)).extract().path("next");

        program().get("/api/v1/events?limit=2&cursor=" + next).then().statusCode(200).body("items", hasSize(1)).body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"events?limit=0,limit,0", "events?limit=1001,limit,1001", "events?limit=many,limit,many",
            "events?from=yesterday,from,yesterday", "events?to=2026-11-02,to,2026-11-02", "events?signal=logs,signal,logs",
            "events?cursor=zzz,cursor,zzz", "events/zzz,id,zzz", "sessions?limit=-1,limit,-1", "sessions?cursor=zzz,cursor,zzz",
            "people?limit=1e3,limit,1e3", "people?cursor=zzz,cursor,zzz", "alerts?status=new,status,new", "alerts?severity=grave,severity,grave", "alerts?late=maybe,late,maybe", "alerts?order=random,order,random",
            "alerts?from=now,from,now", "alerts?limit=0,limit,0", "exports/alerts?status=new,status,new", "exports/events?from=yesterday,from,yesterday",
            "alerts?cursor=zzz,cursor,zzz", "alerts?cursor=00000000-0000-8000-8000-000000000000,cursor,00000000-0000-8000-8000-000000000000",
            "alerts/1-1-1-1-1,id,1-1-1-1-1"})
    void aBadParameterIsNamedWithWhatIsAccepted(String path, String parameter, String value) {
        program().get("/api/v1/" + path).then().statusCode(400).contentType("application/problem+json")
                .body("parameter", equalTo(parameter)).body("value", equalTo(value)).body("accepted.length() > 5", equalTo(true))
                .body("detail", containsString(parameter + " must be "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "events/00000000-0000-8000-8000-000000000000", "sessions", "people", "stats"})
    void aDatabaseThatIsDownAsksToComeAgain(String path) {
        trail.goesDown();

        program().get("/api/v1/" + path).then().statusCode(503).header("Retry-After", equalTo("5")).contentType("application/problem+json")
                .body("detail", containsString("the database does not answer")).body("detail", not(containsString("refused")));
    }

    @Test
    void sessionsAndPeopleAreListed() {
        program().get("/api/v1/sessions?person=user@example.com").then().statusCode(200).body("items[0].id", equalTo("s1"))
                .body("items[0].mode", equalTo("default")).body("items[0].firstSeen", equalTo("2026-11-02T12:00:01.000Z"));
        program().get("/api/v1/people").then().statusCode(200).body("items.name", hasItem("user@example.com"));
    }

    @Test
    void theBooksNameEveryReason() {
        program().get("/api/v1/stats").then().statusCode(200).body("received", equalTo(10)).body("rejected.malformed", equalTo(1))
                .body("rejected.too_large", equalTo(0)).body("duplicate", equalTo(2)).body("stored", equalTo(3)).body("waiting", equalTo(4))
                .body("storedBySignal.log", equalTo(3));
    }

    @Test
    void anAlertCarriesItsEvidence() throws SQLException {
        var alert = raise(finding(DECISION).build()).getFirst();

        program().get("/api/v1/alerts").then().statusCode(200).body("items", hasSize(1)).body("items[0].id", equalTo(alert.key().toString()))
                .body("items[0].rule", equalTo("secret_read")).body("items[0].severity", equalTo("high"))
                .body("items[0].status", equalTo("open")).body("items[0].attempt", equalTo(false))
                .body("items[0].person", equalTo("user@example.com")).body("items[0].session", equalTo("s1"))
                .body("items[0].at", equalTo("2026-11-02T12:00:01.000Z")).body("items[0].occurrences", equalTo(1))
                .body("items[0].evidence[0].eventId", equalTo(DECISION.id().toString())).body("items[0].evidence[0].says", equalTo("reads .env"))
                .body("items[0].evidence[0].containsKey('event')", equalTo(false)).body("next", nullValue());
        program().get("/api/v1/alerts/" + alert.key()).then().statusCode(200)
                .body("evidence[0].event.attributes.tool_name", equalTo("Bash"));
    }

    @Test
    void evidenceThatTheTrailNoLongerKeepsIsStillNamed() throws SQLException {
        var gone = decision("Bash", "accept", 99).build();
        var alert = raise(finding(gone).build()).getFirst();

        program().get("/api/v1/alerts/" + alert.key()).then().statusCode(200).body("evidence[0].eventId", equalTo(gone.id().toString()))
                .body("evidence[0].containsKey('event')", equalTo(false));
    }

    @Test
    void alertsAreFilteredAndPaged() throws SQLException {
        raise(finding(DECISION).build(), finding(PROMPT).rule("force_push").of("bo").build(), finding(SPAN).build());

        program().get("/api/v1/alerts?rule=force_push&person=bo&status=open").then().body("items.rule", equalTo(List.of("force_push")));
        program().get("/api/v1/alerts?status=closed").then().body("items", hasSize(0));
        program().get("/api/v1/alerts?status=closed&status=open").then().body("items", hasSize(3));
        program().get("/api/v1/alerts?severity=high&severity=low&owner=").then().body("items", hasSize(3));
        program().get("/api/v1/alerts?severity=critical").then().body("items", hasSize(0));
        program().get("/api/v1/alerts?owner=mara").then().body("items", hasSize(0));
        program().get("/api/v1/alerts?session=none").then().body("items", hasSize(0));
        program().get("/api/v1/alerts?text=SECRET&late=false&order=gravest").then().body("items", hasSize(3));
        program().get("/api/v1/alerts?late=true").then().body("items", hasSize(0));
        program().get("/api/v1/alerts?to=2020-01-01T00:00:00Z").then().body("items", hasSize(0));
        var seen = new ArrayList<String>();
        String next = null;
        do {
            var page = program().get("/api/v1/alerts?limit=1" + (next == null ? "" : "&cursor=" + next)).then().statusCode(200).extract();
            seen.addAll(page.<List<String>>path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(seen).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void alertsAreTakenAwayAsAFile() throws SQLException {
        raise(finding(DECISION).build(), finding(PROMPT).rule("force_push").of("=cmd|'/c calc'!A0").build());

        var csv = program().accept("text/csv").get("/api/v1/exports/alerts?status=open&order=newest").then().statusCode(200)
                .contentType("text/csv").header("Content-Disposition", matchesPattern("attachment; filename=\"trailwarden-alerts-[0-9T-]+Z\\.csv\""))
                .extract().asString();

        assertThat(csv).startsWith("\"id\",\"severity\",\"status\",\"title\"").contains("\"'=cmd|'/c calc'!A0\"").contains("\"force_push\"");
        assertThat(csv.split("\r\n")).hasSize(3);
        program().accept("application/x-ndjson").get("/api/v1/exports/alerts?rule=force_push").then().statusCode(200).contentType("application/x-ndjson")
                .header("Content-Disposition", endsWith(".jsonl\"")).body(containsString("\"person\":\"=cmd|'/c calc'!A0\"")).body(not(containsString("secret_read")));
        program().get("/api/v1/exports/alerts?rule=none").then().statusCode(200).contentType("text/csv");
        program().accept("application/xml").get("/api/v1/exports/alerts").then().statusCode(406).contentType("application/problem+json");
        assertThat(log.find(new AccessLog.Query(List.of(AccessLog.What.LIST_EXPORTED), "token reader", null, null, null, null, 10))).extracting(AccessLog.Line::detail)
                .contains("2 alerts as CSV, narrowed to status=open&order=newest", "1 alert as JSON lines, narrowed to rule=force_push");
    }

    @Test
    void recordsAreTakenAwayWithTheirWordsMasked() {
        var lines = program().accept("application/x-ndjson").get("/api/v1/exports/events").then().statusCode(200).extract().asString();

        assertThat(lines.lines()).hasSize(3);
        assertThat(lines).contains("[masked:8]").doesNotContain("fire bob").contains("\"tool\":\"Bash\"").contains("\"position\":1");
        program().accept("text/csv").get("/api/v1/exports/events?person=user@example.com&name=tool_decision").then().statusCode(200)
                .body(containsString("\"tool_decision\"")).body(not(containsString("user_prompt")));
        program().accept("text/csv").get("/api/v1/exports/events").then().body(not(containsString("fire bob")));
    }

    /// A file that looks whole and is not would be worse than none.
    @Test
    void aFileThatCannotBeReadToItsEndIsNotEndedAsIfItWere() {
        trail.holds(IntStream.range(0, 500).mapToObj(second -> decision("Bash", "accept", second).build()).toArray(AuditEvent[]::new));
        assertThat(program().accept("text/csv").get("/api/v1/exports/events").then().statusCode(200).extract().asString().split("\r\n")).hasSize(501);

        trail.goesDownAfter(1);

        assertThat(takenOrBrokenOff()).containsAnyOf("This file is not whole", "broken off");
        trail.goesDownAfter(0);
        program().accept("text/csv").get("/api/v1/exports/events").then().statusCode(503).contentType("application/problem+json");
    }

    /// With a client that minds how an answer ends.
    private String takenOrBrokenOff() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/api/v1/exports/events"))
                .header("Authorization", "Bearer " + apiToken).header("Accept", "text/csv").build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException end) {
            return "broken off: " + end.getMessage();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void rulesSayWhetherTheyWorkAndForWhomTheyAreBlind() {
        program().get("/api/v1/rules").then().statusCode(200).body("items.id", equalTo(List.of("force_push", "secret_read")))
                .body("items[0].broken", equalTo("stopped after 10 ms")).body("items[0].hits", equalTo(3)).body("items[0].blind", hasSize(0))
                .body("items[1].broken", nullValue()).body("items[1].needs", equalTo(List.of("OTEL_LOG_TOOL_DETAILS=1")))
                .body("items[1].blind[0].people", equalTo(2)).body("next", nullValue())
                .body("problems[0]", startsWith("rules/test/none.yaml:7:12: unknown field"));
    }

    @Test
    void theDescriptionNamesEveryPathAndTheToken() {
        given().accept("application/json").get("/q/openapi").then().statusCode(200)
                .body("paths.keySet()", hasItems("/api/v1/events", "/api/v1/events/{id}", "/api/v1/sessions", "/api/v1/people",
                        "/api/v1/alerts", "/api/v1/alerts/{id}", "/api/v1/alerts/{id}/close", "/api/v1/stats", "/api/v1/rules", "/api/v1/exports/alerts", "/api/v1/exports/events"))
                .body("paths.keySet()", not(hasItem("/api/{rest}")))
                .body("components.securitySchemes.token.scheme", equalTo("bearer"));
    }

    private RequestSpecification program() {
        return given().header("Authorization", "Bearer " + apiToken);
    }

    private RequestSpecification worker() {
        return given().header("Authorization", "Bearer " + triageToken).contentType("application/json");
    }

    private List<Alert> raise(Finding... findings) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var raised = alerts.raise(connection, List.of(findings));
            connection.commit();
            connection.setAutoCommit(true);
            return raised;
        }
    }
}
