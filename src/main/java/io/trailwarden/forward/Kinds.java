package io.trailwarden.forward;

import java.util.List;
import java.util.Optional;

/// Every kind of destination there is. A new one is its file, its test, its row in `docs/forwarders.md`, and its line here.
final class Kinds {

    static final List<Kind> ALL = List.of(
            SyslogForwarder.KIND,
            SplunkHecForwarder.KIND,
            WebhookForwarder.KIND);

    private Kinds() {
    }

    static Optional<Kind> find(String name) {
        return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }
}
