package io.trailwarden.store;

import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.EmbeddedPostgres;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.spool.SegmentSpool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// A database that goes away and comes back, with the spool that the program has.
class LoaderOutageIT {

    @TempDir
    Path folder;

    private EmbeddedPostgres server;
    private SegmentSpool spool;
    private TrailUnderTest store;

    @BeforeEach
    void open() {
        server = EmbeddedPostgres.start(EmbeddedPostgres.Options.in(folder));
        var source = new PGSimpleDataSource();
        source.setURL(server.jdbcUrl());
        source.setUser(server.user());
        source.setPassword(server.password());
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
        spool = SegmentSpool.open(SegmentSpool.Options.in(folder.resolve("spool")), new SimpleMeterRegistry(), () -> {
        });
        store = new TrailUnderTest(source, spool, Map.of("trailwarden.store.retry-longest", "200ms"));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        spool.close();
        server.close();
    }

    @Test
    void whatCameWhileTheDatabaseWasDownIsKeptOnceAndInOrder() throws Exception {
        var before = records(0, 300);
        var meanwhile = records(300, 300);
        var afterwards = records(600, 100);
        before.forEach(store::take);

        int port = server.port();
        server.close();
        meanwhile.forEach(store::take);
        server = EmbeddedPostgres.start(EmbeddedPostgres.Options.in(folder).onPort(port));
        afterwards.forEach(store::take);
        store.settle();

        assertThat(store.inOrder()).extracting(StoredEvent::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 700).boxed().toList());
        assertThat(store.events()).isEqualTo(records(0, 700));
        assertThat(store.trail().books()).returns(700L, Trail.Books::received).returns(700L, Trail.Books::stored)
                .returns(0L, Trail.Books::duplicate).returns(0L, Trail.Books::waiting);
    }

    @Test
    void whatTheSpoolHeldWhenTheProcessEndedIsCountedOnce() throws Exception {
        records(0, 50).forEach(store::take);
        store.settle();
        store.close();
        records(50, 50).forEach(store::take);
        spool.close();

        spool = SegmentSpool.open(SegmentSpool.Options.in(folder.resolve("spool")), new SimpleMeterRegistry(), () -> {
        });
        store = store.continuedWith(spool);
        store.take(event("api_request", 0).build());
        store.settle();

        assertThat(store.trail().books()).returns(101L, Trail.Books::received).returns(100L, Trail.Books::stored)
                .returns(1L, Trail.Books::duplicate).returns(0L, Trail.Books::waiting);
    }

    private static List<AuditEvent> records(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> event("api_request", i).build()).toList();
    }
}
