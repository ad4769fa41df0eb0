package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.trailwarden.DocumentCheck;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsDocTest {

    /// Standard values by key.
    private static final Map<String, String> ALL = Settings.ALL.stream().collect(Collectors.toMap(Setting::key, Setting::standard));

    @Test
    void everySettingOfAFeatureIsChecked() {
        var mapped = mapped();

        assertThat(mapped).isNotEmpty().allSatisfy((key, standard) -> {
            assertThat(ALL).as("FeatureSettings names " + key + " with the feature's own standard value").containsEntry(key, standard);
        });
        assertThat(FeatureSettings.ALL).allSatisfy(setting -> assertThat(mapped).as("a feature reads " + setting.key()).containsKey(setting.key()));
    }

    @Test
    void everyStandardValueIsAccepted() {
        assertThat(Settings.ALL).allSatisfy(setting ->
                assertThat(setting.standard().isEmpty() || setting.kind().takes(setting.standard())).as(setting.key()).isTrue());
    }

    @Test
    void thePageOfSettingsSaysWhatTheProgramReads() {
        var page = new StringBuilder("""
                # Configuration

                Every setting is an environment variable, a system property (`TRAILWARDEN_JAVA_OPTIONS="-Dtrailwarden.bind=0.0.0.0" ./trailwarden run`), or
                a line of `config/application.properties` in the folder that the program is started from; the first of these that has it counts. Nothing
                needs to be set. What is wrong stops the start, all of it in one message.

                `./trailwarden` itself reads `JAVA_HOME`, `CHROME` (for the browser tests) and `TRAILWARDEN_JAVA_OPTIONS`.

                | setting | variable | standard | accepted | meaning |
                |---|---|---|---|---|
                """);
        for (var setting : Settings.ALL) {
            page.append("| `%s` | `%s` | %s | %s | %s |\n".formatted(setting.key(), setting.environmentName(),
                    setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`", setting.kind().accepts(), setting.meaning()));
        }

        DocumentCheck.assertDocument("docs/configuration.md", page.toString());
    }

    /// Every key that a feature's mapping reads, with its standard value.
    private static Map<String, String> mapped() {
        var mapped = new TreeMap<String, String>();
        for (var type : new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.trailwarden")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                add(mapped, type.getAnnotationOfType(ConfigMapping.class).prefix(), type.reflect());
            }
        }
        return mapped;
    }

    private static void add(Map<String, String> mapped, String prefix, Class<?> type) {
        for (var method : type.getDeclaredMethods()) {
            var key = prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            if (method.getReturnType().isInterface() && method.getReturnType().getPackageName().startsWith("io.trailwarden")) {
                add(mapped, key, method.getReturnType());
            } else {
                var standard = method.getAnnotation(WithDefault.class);
                mapped.put(key, standard == null ? "" : standard.value());
            }
        }
    }
}
