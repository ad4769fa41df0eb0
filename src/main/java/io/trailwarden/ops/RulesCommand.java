package io.trailwarden.ops;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "rules", description = "Test rules.")
final class RulesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
