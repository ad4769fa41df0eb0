package io.trailwarden.ops;

import io.trailwarden.rules.RuleTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "rules", description = "Test rules.", subcommands = RulesCommand.Test.class)
final class RulesCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        System.err.println("rules: say what to do; accepted is 'rules test [DIR]'");
        return 2;
    }

    /// Runs the tests inside rules; the exit status is 1 when any fails or any rule does not load.
    @Command(name = "test", description = "Run the tests inside the rules, the shipped ones or those under DIR.")
    static final class Test implements Callable<Integer> {

        @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "Folder with rule files.")
        private @Nullable Path folder;

        @Override
        public Integer call() {
            if (folder != null && !Files.isDirectory(folder)) {
                System.err.println("rules test: no folder at " + folder);
                return 2;
            }
            var sender = new RuleTestSender();
            var report = folder == null ? RuleTests.shipped(sender) : RuleTests.in(folder, sender);
            report.print(System.out);
            return report.passed() ? 0 : 1;
        }
    }
}
