package io.trailwarden.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.DocumentCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the cluster would be given, whole, so that a change of a template is reviewed as what it does.
class HelmChartDocTest {

    @ParameterizedTest
    @ValueSource(strings = {"full", "ingress", "minimal"})
    void theManifestsAreThoseInTheRepository(String values) {
        DocumentCheck.assertDocument("src/test/resources/helm/" + values + ".yaml", Chart.render(values));
    }

    @Test
    void everyValueFileHasItsManifests() throws IOException {
        assertThat(Chart.valueFiles()).containsExactly("full", "ingress", "minimal");
    }
}
