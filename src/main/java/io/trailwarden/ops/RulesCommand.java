package io.trailwarden.ops;

import io.trailwarden.rules.RuleTests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Rules from the command line.
@Command(name = "rules", description = "Test rules.", synopsisSubcommandLabel = "COMMAND")
final class RulesCommand {

    @Command(name = "test", description = "Run the tests inside rule files: the shipped ones, or those of a folder.")
    int test(@Parameters(paramLabel = "DIR", arity = "0..1", description = "A folder of rule files; they may refer to shipped ones.") @Nullable Path folder) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CannotStart("%s is no folder".formatted(folder.toAbsolutePath().normalize()));
        }
        var report = folder == null ? RuleTests.shipped(new RuleTestSender()) : RuleTests.in(folder, new RuleTestSender());
        report.print(System.out);
        return report.passed() ? 0 : 1;
    }
}
