package io.trailwarden.demo;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// The small things of every week: worth a line in the queue, and closed after one look.
final class Oddities {

    private final Company company;
    private final Calendar calendar;
    private final Random random;

    Oddities(Company company, Calendar calendar, long seed) {
        this.company = company;
        this.calendar = calendar;
        random = new Random(seed + 7);
    }

    void tell(Consumer<Telemetry> out) {
        pagesOfStrangers(out);
        edges(out);
        servers(out);
        clients(out);
    }

    /// Reading the web is what the tool is for; these hosts are on nobody's list.
    private void pagesOfStrangers(Consumer<Telemetry> out) {
        var pages = List.of("https://blog.tilekit.example/2026/09/vector-tiles", "https://docs.parcelspec.example/v3/labels",
                "https://forum.gradlehelp.example/t/8831", "https://wiki.fuel-index.example/surcharge", "https://docs.parcelspec.example/v3/customs");
        var people = List.of("Nils Bergman", "Anna Keller", "Rohan Gupta", "Marek Dvorak", "Chiara Romano");
        for (int i = 0; i < pages.size(); i++) {
            begin(people.get(i), 1 + i * 2 % 9, "14:1" + i, out).prompt("have a look at this page").call(
                    Call.fetch(pages.get(i), "What changed?"), Answer.yes(5_200 + i * 700)).answers();
        }
    }

    private void edges(Consumer<Telemetry> out) {
        begin("Felix Brandt", 6, "16:42", out).prompt("just commit it").call(
                Call.bash("git commit -q --no-verify -m \"wip: tariff table\"", "Commit without hooks"), Answer.yes(4_100)).answers();
        begin("Leo Fischer", 4, "11:08", out).prompt("squash and push again").call(
                Call.bash("git push --force-with-lease origin feature/map-zoom", "Push the rebased branch"), Answer.yes(6_300)).answers();
        begin("Kavya Menon", 8, "10:27", out).prompt("publish the dry run so we see the files").call(
                Call.bash("uv publish --dry-run dist/*", "See what would be published"), Answer.yes(3_900)).answers();
        begin("Callum Reid", 3, "15:36", out).prompt("check that the mirror answers").call(
                Call.bash("curl -sI https://mirror.pkgs.example/debian/dists/trixie/Release", "Ask the mirror"), Answer.yes(3_300)).answers();
        begin("Sofia Lindgren", 5, "09:51", out).prompt("why does the test database refuse the login").call(
                Call.bash("cat .env", "Show the environment file"), Answer.no(5_600)).call(
                Call.read("/home/sofia.lindgren/src/ledger/.env.example"), Answer.unasked()).answers();
        begin("Adam Kowal", 7, "13:19", out).prompt("the build cannot read the keystore").call(
                Call.safe("ls -l app/release.keystore", "Look at the file"), Answer.unasked()).call(
                Call.bash("sudo chown adam app/release.keystore", "Change the owner"), Answer.blockedByHook()).answers();
        accepted("Greta Olsen", 2, out);
        accepted("Isaac Mensah", 5, out);
        accepted("Clara Jensen", 9, out);
    }

    /// "Yes, and accept edits from now on": the client changes its mode and sends no event.
    private void accepted(String name, int back, Consumer<Telemetry> out) {
        var client = Call.edit("src/x", "a", "b");
        begin(name, back, "10:03", "default", out).prompt("apply the same change to the other files").call(client, Answer.yes(7_000))
                .silently("acceptEdits").call(client, Answer.unasked()).call(client, Answer.unasked()).answers();
    }

    private void servers(Consumer<Telemetry> out) {
        var at = calendar.workday(6, "09:20", company.person("Laila Mansour").zone());
        var person = company.person("Laila Mansour");
        new Client(person, "warehouse", person.habit(), at, random, out).start().connects("github", "http", "user")
                .failsToConnect("postgres-dev", "stdio", "ECONNREFUSED").prompt("show me the slow queries of yesterday").answers();
        begin("Paula Moreno", 3, "12:44", out).connects("lighthouse", "stdio", "user").prompt("measure the tracking page").call(
                Call.mcp("lighthouse", "audit", "url", "http://localhost:5173/track"), Answer.yes(4_700)).answers();
    }

    private void clients(Consumer<Telemetry> out) {
        for (int day = 0; day < 3; day++) {
            var person = company.person("Oscar Lund");
            new Client(person, "notebooks", "default", calendar.workday(4 - day, "11:30", person.zone()), random, out).withoutDetails().start()
                    .prompt("load the depots").call(Call.bash("uv run python notebooks/returns.py", "Run the notebook"), Answer.yes(3_000)).answers();
        }
        var refused = Attributes.builder().put("managed_settings.trigger", "refused").put("error.type", "consent_rejected")
                .put("managed_settings.source_behavior", "first-wins").put("managed_settings.helper.state", "none")
                .put("managed_settings.helper.applied", "none")
                .put(io.opentelemetry.api.common.AttributeKey.stringArrayKey("managed_settings.sources"), List.of("remote"));
        begin("Saki Ito", 5, "09:05", out).says("managed_settings_resolved", refused);
    }

    private Client begin(String name, int back, String time, Consumer<Telemetry> out) {
        return begin(name, back, time, "default", out);
    }

    private Client begin(String name, int back, String time, String mode, Consumer<Telemetry> out) {
        var person = company.person(name);
        Instant at = calendar.workday(back, time, person.zone());
        return new Client(person, person.team().repositories().getFirst(), mode, at, random, out).start();
    }
}
