package io.trailwarden.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.helm.Chart.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HelmChartTest {

    @Test
    void strictLintFindsNothing() {
        var result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
            "data.size, lots, size",
            "door.grpcPort, 70000, grpcPort",
            "replicas, 2, replicas",
            "database.password, hunter2, password",
            "database.url, jdbc:mysql://db/trailwarden, url",
            "database.url, jdbc:postgresql://db/trailwarden?password=hunter2, url",
            "ingress.enabled, true, host",
            "extraEnv[0].name, TRAILWARDEN_BIND, extraEnv"})
    void aBrokenValueIsRefusedByName(String value, String broken, String named) {
        assertThatThrownBy(() -> Chart.render("minimal", value, broken)).hasMessageContaining("schema").hasMessageContaining(named);
    }

    /// A schema that forgets one level lets a misspelt value pass there.
    @Test
    void theSchemaKnowsTheStandardValuesAndSaysWhatTheyMean() throws IOException {
        var values = read("values.yaml");
        var schema = read("values.schema.json");

        assertThat(schema.map().get("additionalProperties")).isEqualTo(false);
        values.map().forEach((name, value) -> {
            var described = schema.at("properties", name.toString());
            assertThat(described.at("description").value().toString()).as("%s", name).isNotBlank();
            if (value instanceof Map<?, ?> parts && described.map().containsKey("properties")) {
                assertThat(described.at("additionalProperties").value()).as("%s", name).isEqualTo(false);
                assertThat(new TreeSet<>(described.at("properties").map().keySet())).as("%s", name).isEqualTo(new TreeSet<>(parts.keySet()));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "ingress", "minimal"})
    void thePodMayDoNothingThatItDoesNotNeed(String values) {
        var pod = Chart.pod(values);
        var container = pod.at("containers").named("trailwarden");

        assertThat(pod.at("securityContext").map()).isEqualTo(Map.of("runAsNonRoot", true, "runAsUser", 10001, "runAsGroup", 10001, "fsGroup", 10001,
                "fsGroupChangePolicy", "OnRootMismatch", "seccompProfile", Map.of("type", "RuntimeDefault")));
        assertThat(container.at("securityContext").map()).isEqualTo(Map.of("allowPrivilegeEscalation", false, "privileged", false,
                "readOnlyRootFilesystem", true, "capabilities", Map.of("drop", List.of("ALL"))));
        assertThat(pod.at("automountServiceAccountToken").value()).isEqualTo(false);
        assertThat(pod.at("enableServiceLinks").value()).as("or a Service called trailwarden sets TRAILWARDEN_PORT").isEqualTo(false);
        assertThat(pod.at("volumes").named("tmp").map().containsKey("emptyDir")).as("with a read-only tree, /tmp needs a volume").isTrue();
        assertThat(container.at("volumeMounts").named("tmp").at("mountPath").value()).isEqualTo("/tmp");
    }

    @Test
    void thePasswordComesFromTheNamedSecretAndNoSecretIsMade() {
        var password = Chart.pod("full").at("containers").named("trailwarden").at("env").named("TRAILWARDEN_DATABASE_PASSWORD");

        assertThat(password.map()).isEqualTo(Map.of("name", "TRAILWARDEN_DATABASE_PASSWORD", "valueFrom",
                Map.of("secretKeyRef", Map.of("name", "audit-database", "key", "audit-password"))));
        assertThat(Chart.manifests("full")).extracting(one -> one.at("kind").value())
                .containsExactlyInAnyOrder("StatefulSet", "Service", "Service", "NetworkPolicy", "ConfigMap", "ConfigMap");
    }

    @ParameterizedTest
    @CsvSource({"startupProbe, /q/health/live", "livenessProbe, /q/health/live", "readinessProbe, /q/health/ready"})
    void healthIsAskedForAtTheConsole(String probe, String path) {
        var container = Chart.pod("minimal").at("containers").named("trailwarden");

        assertThat(container.at(probe, "httpGet").map()).isEqualTo(Map.of("path", path, "port", "console"));
        assertThat(container.at("ports").named("console").at("containerPort").value()).isEqualTo(8080);
    }

    @Test
    void theSpoolHasOneProcessAndAVolume() {
        var set = Chart.manifest("StatefulSet", "minimal").at("spec");

        assertThat(set.at("replicas").value()).isEqualTo(1);
        assertThat(set.at("volumeClaimTemplates").items()).singleElement().satisfies(claim -> {
            assertThat(claim.at("metadata", "name").value()).isEqualTo("data");
            assertThat(claim.at("spec", "resources", "requests", "storage").value()).isEqualTo("20Gi");
        });
        assertThat(Chart.pod("full").at("volumes").named("data").at("persistentVolumeClaim", "claimName").value()).isEqualTo("trailwarden-spool");
    }

    @Test
    void anIngressLeadsToTheConsoleOnlyWhenAskedFor() {
        var backend = Chart.manifest("Ingress", "ingress").at("spec", "rules").items().getFirst().at("http", "paths").items().getFirst()
                .at("backend", "service");

        assertThat(backend.map()).isEqualTo(Map.of("name", "trailwarden-console", "port", Map.of("name", "console")));
        assertThat(Chart.manifests("minimal")).extracting(one -> one.at("kind").value())
                .containsExactlyInAnyOrder("StatefulSet", "Service", "Service");
    }

    @Test
    void rulesAndPolicyLieWhereTheProgramLooks() {
        var container = Chart.pod("full").at("containers").named("trailwarden");

        assertThat(container.at("env").named("TRAILWARDEN_RULES_DIRECTORY").at("value").value())
                .isEqualTo(container.at("volumeMounts").named("rules").at("mountPath").value());
        assertThat(container.at("volumeMounts").named("policy").at("mountPath").value())
                .isEqualTo(container.at("env").named("TRAILWARDEN_DATA_DIR").at("value").value() + "/policy.yaml");
    }

    private static Node read(String file) throws IOException {
        return new Node(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("helm", file))));
    }
}
