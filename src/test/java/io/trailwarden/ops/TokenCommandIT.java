package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.database.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenCommandIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> settings = Map.of("trailwarden.database.url", database.jdbcUrl(),
            "trailwarden.database.user", database.user(), "trailwarden.database.password", database.password());

    @BeforeEach
    void nameTheDatabase() {
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void dropTheDatabase() {
        settings.keySet().forEach(System::clearProperty);
        database.close();
    }

    @Test
    void tokensOfBothKindsAreMadeListedAndRevoked() {
        assertThat(token("issue", "laptops")).isZero();
        var laptops = printed();
        assertThat(token("issue", "siem", "--kind", "api", "--expires", "90d")).isZero();
        var siem = printed();
        assertThat(token("issue", "soar", "--kind", "api", "--scopes", "read,triage")).isZero();
        var soar = printed();

        assertThat(List.of(laptops, siem, soar)).allSatisfy(text -> assertThat(text).startsWith("tw_"));
        assertThat(token("revoke", laptops.split("_")[1])).isZero();
        out.getBuffer().setLength(0);
        assertThat(token("list")).isZero();
        assertThat(printed().lines().map(line -> line.replaceAll(" +", " "))).anySatisfy(line -> assertThat(line).contains(" ingest log,metric,span laptops ", " revoked "))
                .anySatisfy(line -> assertThat(line).contains(" api read siem ", " until "))
                .anySatisfy(line -> assertThat(line).contains(" api read,triage soar ", " in force"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatCannotBeIssuedIsSaidInASentence() {
        assertThat(token("issue", "siem", "--kind", "api", "--signals", "log")).isEqualTo(2);
        assertThat(token("issue", "soar", "--kind", "api", "--scopes", "triage")).isEqualTo(2);
        assertThat(token("issue", " ")).isEqualTo(2);

        assertThat(err.toString()).contains("signals must be log, metric or span for ingest tokens and none for API tokens, got [log]",
                "scopes must be read, or read and triage, for API tokens and none for ingest tokens, got [triage]",
                "name of a token must have").doesNotContain("Exception");
    }

    private String printed() {
        var text = out.toString().strip();
        out.getBuffer().setLength(0);
        return text;
    }

    private int token(String... arguments) {
        var all = new String[arguments.length + 1];
        all[0] = "token";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(all);
    }
}
