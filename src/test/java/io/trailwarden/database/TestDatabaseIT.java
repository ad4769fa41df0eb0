package io.trailwarden.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseIT {

    @Test
    void everyTestGetsADatabaseOfItsOwn() throws Exception {
        try (var one = TestDatabase.fresh(); var other = TestDatabase.fresh();
                var inOne = one.dataSource().getConnection(); var inOther = other.dataSource().getConnection()) {
            inOne.createStatement().execute("create table mine (n integer)");

            var seen = inOther.createStatement().executeQuery("select count(*) from pg_tables where tablename = 'mine'");

            assertThat(seen.next()).isTrue();
            assertThat(seen.getInt(1)).isZero();
        }
    }
}
