package io.trailwarden.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Secret;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Kind;
import jakarta.inject.Inject;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets to the console, and what their browser is told.
@QuarkusTest
@TestProfile(WithFakeTrail.class)
class ConsoleAccessIT {

    private static final String PASSWORD = "correct horse battery";
    private static final String SESSION = "trailwarden-session";

    @Inject
    Accounts accounts;

    @Inject
    Tokens tokens;

    @BeforeEach
    void anAccount() {
        if (accounts.find("ana").isEmpty()) {
            accounts.create("ana", new Secret(PASSWORD), Set.of(Roles.VIEWER), "test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/people", "/nothing", "/?v-r=uidl", "/VAADIN/push", "/q/swagger-ui", "/q/dev-ui", "/login.html/x"})
    void withoutASessionEveryPageLeadsToTheSignInPage(String path) {
        browser().get(path).then().statusCode(302).header("Location", endsWith("/login.html"));
    }

    @Test
    void anApiTokenDoesNotOpenThePages() {
        var token = tokens.issue("reader", Kind.API, Set.of(), null, "test").text().reveal();

        browser().header("Authorization", "Bearer " + token).get("/people").then().statusCode(302);
    }

    @Test
    void healthAndTheSignInPageNeedNobody() {
        browser().get("/q/health/live").then().statusCode(200);
        browser().get("/login.html").then().statusCode(200).body(containsString("j_security_check"));
        browser().get("/console/login.css").then().statusCode(200);
    }

    @Test
    void theRightPasswordGivesASessionThatScriptsAndOtherSitesCannotUse() {
        var cookie = signIn(PASSWORD).statusCode(302).header("Location", endsWith("/")).extract().detailedCookie(SESSION);

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Strict");
        assertThat(browser().cookie(SESSION, cookie.getValue()).get("/people").statusCode()).isNotIn(302, 401, 403);
    }

    @Test
    void aWrongPasswordLeadsBackWithoutSayingWhatWasWrong() {
        var answer = signIn("wrong").statusCode(302).header("Location", endsWith("/login.html#failed")).extract();

        assertThat(answer.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void aSessionDoesNotOpenTheInterfaceForPrograms() {
        var session = signIn(PASSWORD).extract().cookie(SESSION);

        browser().cookie(SESSION, session).get("/api/v1/events").then().statusCode(401).header("WWW-Authenticate", containsString("Bearer"));
        browser().cookie(SESSION, session).get("/q/metrics").then().statusCode(401);
    }

    @Test
    void aForgedSessionIsNone() {
        browser().cookie(SESSION, "YW5hOjk5OTk5OTk5OTk5OTk5").get("/people").then().statusCode(302);
    }

    @Test
    void signingOutEndsTheSessionHere() {
        var session = signIn(PASSWORD).extract().cookie(SESSION);

        browser().cookie(SESSION, session).get("/logout").then().statusCode(303).header("Location", equalTo("/login.html#ended"))
                .header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void aCopyOfTheCookieIsWorthNothingAfterSigningOut() {
        var session = signIn(PASSWORD).extract().cookie(SESSION);
        var other = signIn(PASSWORD).extract().cookie(SESSION);

        browser().cookie(SESSION, session).get("/logout").then().statusCode(303);

        browser().cookie(SESSION, session).get("/people").then().statusCode(302).header("Location", endsWith("/login.html"));
        assertThat(browser().cookie(SESSION, other).get("/people").statusCode()).isNotIn(302, 401, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?v-r=uidl&v-uiId=0", "/?v-r=heartbeat&v-uiId=0", "/VAADIN/push?v-r=push"})
    void whatAnOpenPageAsksForIsNotWhereTheSignInLeadsBackTo(String path) {
        assertThat(browser().post(path).then().statusCode(302).header("Location", endsWith("/login.html")).extract().cookies()).isEmpty();
        assertThat(browser().get("/people").then().extract().cookies().values()).anyMatch(where -> where.endsWith("/people"));
    }

    @Test
    void aSessionEndsWhenThePasswordIsChanged() {
        var session = signIn(PASSWORD).extract().cookie(SESSION);

        accounts.changePassword("ana", new Secret(PASSWORD), "test");

        browser().cookie(SESSION, session).get("/people").then().statusCode(302).header("Location", endsWith("/login.html"));
        browser().cookie(SESSION, session).get("/login.html").then().statusCode(200);
        browser().cookie(SESSION, session).post("/?v-r=uidl").then().statusCode(302).header("Location", endsWith("/login.html"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login.html", "/api/v1/events", "/q/health/live"})
    void everyAnswerTellsTheBrowserWhatNotToDo(String path) {
        browser().get(path).then().header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "same-origin").header("X-Frame-Options", "DENY")
                .header("Cache-Control", "no-store");
    }

    @Test
    void pagesWithoutScriptAllowNone() {
        browser().get("/login.html").then().header("Content-Security-Policy", not(containsString("script-src")))
                .header("Content-Security-Policy", containsString("default-src 'none'"));
    }

    private static ValidatableResponse signIn(String password) {
        return browser().formParam("j_username", "ana").formParam("j_password", password).post("/j_security_check").then();
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false);
    }
}
