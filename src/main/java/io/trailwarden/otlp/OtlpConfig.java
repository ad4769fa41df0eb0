package io.trailwarden.otlp;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What an operator may set about the door.
@ConfigMapping(prefix = "trailwarden.otlp")
interface OtlpConfig {

    /// OTLP over HTTP.
    Http http();

    /// OTLP over gRPC.
    Grpc grpc();

    /// Largest body as it comes over the wire, in bytes; larger ones are answered 413 or RESOURCE_EXHAUSTED.
    @WithDefault("16M")
    MemorySize maxBody();

    /// Largest body after inflation, in bytes; larger ones are answered 413 or RESOURCE_EXHAUSTED. 64 MiB is what OTLP
    /// recommends.
    @WithDefault("64M")
    MemorySize maxInflated();

    /// How many times larger than on the wire a body may become, once it has passed its first MiB.
    @WithDefault("100")
    int maxRatio();

    /// Most log records, spans and data points of one request.
    @WithDefault("50000")
    int maxRecords();

    /// Most attributes, array elements and the like of one request.
    @WithDefault("2000000")
    int maxValues();

    /// Bytes of bodies that may be in memory at once, over all requests; further ones wait, then are asked to come again.
    @WithDefault("256M")
    MemorySize maxMemory();

    /// Whether the first bytes of what could not be read are kept, redacted, for a person to look at.
    @WithDefault("false")
    boolean keepUnreadableBeginning();

    /// How long requests under way may take to finish when the program stops.
    @WithDefault("10s")
    Duration stopGrace();

    /// OTLP over HTTP.
    interface Http {

        /// Port to listen on; 0 for any free one.
        @WithDefault("4318")
        int port();

        /// How long a request is held while the spool cannot take it. The client gives up after 10 s.
        @WithDefault("6s")
        Duration patience();

        /// A connection on which no request begins for this long is closed.
        @WithDefault("120s")
        Duration idleTimeout();

        /// The whole body of a request must be here within this time.
        @WithDefault("30s")
        Duration bodyTimeout();
    }

    /// OTLP over gRPC.
    interface Grpc {

        /// Port to listen on; 0 for any free one.
        @WithDefault("4317")
        int port();

        /// How long a call is held while the spool cannot take it. The client gives up after 10 s and does not try again.
        @WithDefault("8s")
        Duration patience();

        /// Most calls under way on one connection.
        @WithDefault("100")
        int maxCallsPerConnection();

        /// A connection this old is asked to end, so that clients spread over new machines.
        @WithDefault("10m")
        Duration maxConnectionAge();

        /// A connection without calls for this long is ended.
        @WithDefault("5m")
        Duration maxConnectionIdle();
    }
}
