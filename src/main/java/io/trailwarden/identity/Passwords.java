package io.trailwarden.identity;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Passwords as bcrypt hashes: slow to guess, and slow to check.
final class Passwords {

    /// bcrypt's logarithmic cost. 12 takes about a quarter of a second on a server core of 2026.
    static final int COST = 12;

    /// Attempts that are looked at together, so that a flood of them leaves cores to the door.
    private final Semaphore together = new Semaphore(2);

    private final int cost;
    private final String nobody;

    Passwords(int cost) {
        this.cost = cost;
        this.nobody = BcryptUtil.bcryptHash("nobody has this password", cost);
    }

    /// @throws IllegalArgumentException when `password` is too short or too long
    static void check(Secret password) {
        var text = password.reveal();
        if (text.codePointCount(0, text.length()) < Accounts.SHORTEST_PASSWORD || bytes(text) > Accounts.LONGEST_PASSWORD) {
            throw new IllegalArgumentException("password must have at least %d characters and at most %d bytes, got %d bytes"
                    .formatted(Accounts.SHORTEST_PASSWORD, Accounts.LONGEST_PASSWORD, bytes(text)));
        }
    }

    /// @throws IllegalArgumentException when `password` is too short or too long
    String hash(Secret password) {
        check(password);
        return BcryptUtil.bcryptHash(password.reveal(), cost);
    }

    /// Whether `password` is the one behind `hash`. Takes as long when there is no hash, so that time does not tell
    /// which accounts exist.
    boolean matches(Secret password, @Nullable String hash) {
        together.acquireUninterruptibly();
        try {
            var fits = bytes(password.reveal()) <= Accounts.LONGEST_PASSWORD;
            return BcryptUtil.matches(fits ? password.reveal() : "", hash == null ? nobody : hash) && fits && hash != null;
        } finally {
            together.release();
        }
    }

    /// A password nobody can guess: 128 random bits.
    static Secret random(SecureRandom random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return new Secret(Base62.encode(bytes, 22));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
