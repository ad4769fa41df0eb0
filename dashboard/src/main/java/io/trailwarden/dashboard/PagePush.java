package io.trailwarden.dashboard;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.AtmospherePushConnection;
import com.vaadin.flow.server.communication.PushConnection;
import com.vaadin.flow.server.communication.PushConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The way from the server to an open page, which is cut at once when the page is gone.
///
/// Vaadin's own waits up to a second for its last message to arrive, under the lock of the session. Of a page that was left
/// or loaded again it never does, and the page that follows would wait for that second.
public final class PagePush implements PushConnectionFactory {

    private static final long serialVersionUID = 1;

    @Override
    public PushConnection apply(UI page) {
        return new Cut(page);
    }

    static class Cut extends AtmospherePushConnection {

        private static final long serialVersionUID = 1;

        Cut(UI page) {
            super(page);
        }

        @Override
        public void disconnect() {
            var resource = getResource();
            if (resource == null || !getUI().isClosing()) {
                super.disconnect();
                return;
            }
            connectionLost();
            try {
                resource.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
