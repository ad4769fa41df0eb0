package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import io.trailwarden.identity.Tokens.Token;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The table of tokens, over one connection.
final class TokenTable {

    private static final String ALL = """
            select id, name, kind, signals, scopes, secret_sha256, created_at, expires_at, revoked_at, last_used_at
            from token
            order by created_at desc, id
            """;

    private static final String INSERT = """
            insert into token (id, name, kind, signals, scopes, secret_sha256, created_at, created_by, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String REVOKE = """
            update token set revoked_at = ?, revoked_by = ? where id = ? and revoked_at is null
            """;

    // A minute exact is enough for people, and keeps busy tokens from being a row that is rewritten all the time.
    private static final String TOUCH = """
            update token
            set last_used_at = used.at
            from unnest(?::text[], ?::timestamptz[]) as used (id, at)
            where token.id = used.id
              and (token.last_used_at is null or token.last_used_at < used.at - interval '1 minute')
            """;

    private final Connection connection;

    TokenTable(Connection connection) {
        this.connection = connection;
    }

    /// Every token by its id, newest first.
    Map<String, TokenBook.Page> all() throws SQLException {
        var pages = new LinkedHashMap<String, TokenBook.Page>();
        try (var statement = connection.prepareStatement(ALL); var rows = statement.executeQuery()) {
            while (rows.next()) {
                var token = token(rows);
                pages.put(token.id(), new TokenBook.Page(token, new TokenBook.Digest(rows.getBytes("secret_sha256"))));
            }
        }
        return pages;
    }

    void insert(Token token, byte[] sha256, String by) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, token.id());
            statement.setString(2, token.name());
            statement.setString(3, wireName(token.kind()));
            statement.setArray(4, connection.createArrayOf("text", token.signals().stream().map(Signal::wireName).sorted().toArray()));
            statement.setArray(5, connection.createArrayOf("text", token.scopes().stream().map(Scope::wireName).sorted().toArray()));
            statement.setBytes(6, sha256);
            statement.setObject(7, token.createdAt().atOffset(ZoneOffset.UTC));
            statement.setString(8, by);
            statement.setObject(9, token.expiresAt() == null ? null : token.expiresAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    /// @return whether there was such a token that was not revoked before
    boolean revoke(String id, Instant at, String by) throws SQLException {
        try (var statement = connection.prepareStatement(REVOKE)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setString(2, by);
            statement.setString(3, id);
            return statement.executeUpdate() == 1;
        }
    }

    /// Writes down when each of `used` was last used.
    void touch(Map<String, Instant> used) throws SQLException {
        if (used.isEmpty()) {
            return;
        }
        var ids = used.keySet().toArray();
        try (var statement = connection.prepareStatement(TOUCH)) {
            statement.setArray(1, connection.createArrayOf("text", ids));
            statement.setArray(2, connection.createArrayOf("timestamptz", Arrays.stream(ids).map(used::get).toArray()));
            statement.executeUpdate();
        }
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(row.getString("id"), row.getString("name"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), named(row, "signals", Signal::valueOf),
                named(row, "scopes", Scope::valueOf), required(row, "created_at"),
                instant(row, "expires_at"), instant(row, "revoked_at"), instant(row, "last_used_at"));
    }

    private static <T> Set<T> named(ResultSet row, String column, Function<String, T> called) throws SQLException {
        var names = (String[]) row.getArray(column).getArray();
        return Arrays.stream(names).map(name -> called.apply(name.toUpperCase(Locale.ROOT))).collect(Collectors.toUnmodifiableSet());
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String wireName(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
