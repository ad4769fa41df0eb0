package io.trailwarden.ops;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "token", description = "Make, list and revoke tokens.")
final class TokenCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
