package io.trailwarden.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/// Where the developers' machines send to.
@ApplicationScoped
public class SenderAddress {

    /// Base URL of OTLP over HTTP: what the operator set, else the door's port on the host by which somebody reached the
    /// console, which is right where nothing stands in between.
    ///
    /// @param host name or address, an IPv6 one in brackets
    public URI otlpHttp(String host) {
        return otlpHttp(Settings.read(), host);
    }

    static URI otlpHttp(Settings settings, String host) {
        return URI.create(settings.isSet(Settings.PUBLIC_OTLP)
                ? settings.get(Settings.PUBLIC_OTLP)
                : "http://" + host + ":" + settings.get(Settings.HTTP_PORT));
    }
}
