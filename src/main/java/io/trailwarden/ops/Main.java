package io.trailwarden.ops;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program: `run` starts everything, the other commands do one thing and end.
@QuarkusMain
@Command(name = "trailwarden", description = "Audit trail, detection and console for Claude Code telemetry.",
        subcommands = {RunCommand.class, ReplayCommand.class, TokenCommand.class, RulesCommand.class, ManagedSettingsCommand.class,
                DemoCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    /// Ends the process with 0, with 1 when a command failed, or with 2 when it was called or configured wrongly.
    public static void main(String... arguments) {
        // Before anything logs: the manager cannot be changed afterwards.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(commandLine().execute(arguments.length == 0 ? new String[] {"run"} : arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// A failure that was foreseen has a message for people; any other is a defect, and its trace helps to mend it.
    private static int explain(Exception failure, PrintWriter err) {
        if (failure instanceof CannotStart) {
            err.println(failure.getMessage());
            return 2;
        }
        failure.printStackTrace(err);
        return 1;
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }
}
