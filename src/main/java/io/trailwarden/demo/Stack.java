package io.trailwarden.demo;

import java.util.List;

/// How a repository is built, and what working on it looks like.
///
/// @param files paths inside a repository
/// @param checks commands that build and test
/// @param questions what people look for in the code
/// @param pages documentation that agents fetch, all on hosts that the shipped policy approves
enum Stack {

    JAVA(List.of("src/main/java/example/halden/InvoiceRun.java", "src/main/java/example/halden/TariffTable.java",
            "src/test/java/example/halden/InvoiceRunTest.java", "src/main/resources/application.properties", "pom.xml"),
            List.of("./mvnw -q -B test -Dtest=InvoiceRunTest", "./mvnw -q -B verify", "./mvnw -q -B test-compile", "java -version"),
            List.of("class InvoiceRun", "roundHalfEven", "@Scheduled", "TariffTable.of"),
            List.of("https://github.com/junit-team/junit-framework/releases", "https://maven.apache.org/surefire/maven-surefire-plugin/")),
    GO(List.of("internal/route/planner.go", "internal/route/planner_test.go", "cmd/eta/main.go", "go.mod", "internal/geo/fence.go"),
            List.of("go test ./...", "go vet ./...", "go test ./internal/route -run TestPlanner -count=1", "go build ./cmd/eta", "gofmt -l ."),
            List.of("func Plan(", "context.WithTimeout", "Haversine", "type Stop struct"),
            List.of("https://pkg.go.dev/context", "https://pkg.go.dev/golang.org/x/sync/errgroup", "https://github.com/golang/go/issues/71559")),
    NODE(List.of("src/pages/TrackParcel.tsx", "src/components/Map.tsx", "src/components/Map.test.tsx", "package.json", "vite.config.ts"),
            List.of("npm test -- --run", "npm run lint", "npm run build", "npx tsc --noEmit", "npx vitest run src/components/Map.test.tsx"),
            List.of("useTracking", "export function Map", "aria-live", "fetchParcel"),
            List.of("https://developer.mozilla.org/en-US/docs/Web/API/IntersectionObserver", "https://nodejs.org/api/test.html",
                    "https://stackoverflow.com/questions/76543210")),
    PYTHON(List.of("warehouse/models/parcels.sql", "forecast/demand.py", "forecast/tests/test_demand.py", "pyproject.toml", "notebooks/returns.py"),
            List.of("uv run pytest -q", "uv run ruff check .", "uv run mypy forecast", "uv run pytest -q forecast/tests/test_demand.py", "uv lock --check"),
            List.of("def demand_by_depot", "read_parquet", "partition_by", "class Forecast"),
            List.of("https://docs.python.org/3/library/zoneinfo.html", "https://pypi.org/project/polars/", "https://stackoverflow.com/questions/70011223")),
    KOTLIN(List.of("app/src/main/kotlin/example/halden/driver/ScanScreen.kt", "app/src/test/kotlin/example/halden/driver/ScanTest.kt",
            "app/build.gradle.kts", "core/src/main/kotlin/example/halden/core/Sync.kt"),
            List.of("./gradlew testDebugUnitTest", "./gradlew lint", "./gradlew :core:test", "./gradlew assembleDebug"),
            List.of("@Composable", "suspend fun sync", "BarcodeResult", "WorkManager"),
            List.of("https://github.com/Kotlin/kotlinx.coroutines/issues/4210", "https://stackoverflow.com/questions/79001122")),
    INFRASTRUCTURE(List.of("modules/tile-cache/main.tf", "envs/staging/eu.tfvars", "charts/dispatch/values.yaml", "images/base/Dockerfile",
            ".github/workflows/build.yml"),
            List.of("terraform fmt -check -recursive", "terraform validate", "terraform plan -out=plan.bin -var-file=envs/staging/eu.tfvars",
                    "helm lint charts/dispatch", "docker build -t base:dev images/base", "kubectl get pods -n staging"),
            List.of("resource \"aws_", "replicas:", "FROM debian", "tile-cache"),
            List.of("https://github.com/hashicorp/terraform/issues/36022", "https://docs.python.org/3/library/ipaddress.html"));

    private final List<String> files;
    private final List<String> checks;
    private final List<String> questions;
    private final List<String> pages;

    Stack(List<String> files, List<String> checks, List<String> questions, List<String> pages) {
        this.files = files;
        this.checks = checks;
        this.questions = questions;
        this.pages = pages;
    }

    List<String> files() {
        return files;
    }

    List<String> checks() {
        return checks;
    }

    List<String> questions() {
        return questions;
    }

    List<String> pages() {
        return pages;
    }
}
