package io.trailwarden.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// People who sign in with a password of ours. Throws [IdentityUnavailable] when the database does not answer.
public interface Accounts {

    /// What `password` is worth for `name`. Takes a good part of a second, on purpose; not for event loops.
    ///
    /// @param name in any case
    /// @param address network address of the client; guessing from one address is slowed down
    SignIn signIn(String name, Secret password, String address);

    /// The account called `name`, in any case.
    Optional<Account> find(String name);

    /// All accounts by name.
    List<Account> list();

    /// Makes an account.
    ///
    /// @param password 12 characters or more, and at most 72 bytes, which is as far as bcrypt reads
    /// @param roles some of [Roles#ALL]
    /// @throws IllegalArgumentException when one of them is not acceptable or `name` is taken
    Account create(String name, Secret password, Set<String> roles, String by);

    /// Sets a new password, with the same demands as [#create].
    ///
    /// @return whether there is such an account
    boolean changePassword(String name, Secret password, String by);

    /// Gives an account these roles in place of those it has; they count from the next request of a session.
    ///
    /// @param roles some of [Roles#ALL]
    /// @return whether there is such an account
    /// @throws IllegalArgumentException when no administrator would be left
    boolean changeRoles(String name, Set<String> roles, String by);

    /// Ends an account, and its sessions with their next request. What it did stays written down under its name.
    ///
    /// @return whether there was such an account
    /// @throws IllegalArgumentException when no administrator would be left
    boolean remove(String name, String by);

    /// A password nobody can guess, to be shown once.
    Secret randomPassword();

    /// One person's account, without what proves it.
    ///
    /// @param lastSignedIn null when they never did
    record Account(String name, Set<String> roles, Instant createdAt, @Nullable Instant lastSignedIn) {
        public Account {
            roles = Set.copyOf(roles);
        }
    }

    /// What became of an attempt to sign in.
    sealed interface SignIn {

        /// It is them.
        record Welcome(Account account) implements SignIn {
        }

        /// No such account, or not its password; which of the two is not said.
        record Wrong() implements SignIn {
        }

        /// Not looked at: too many wrong ones before.
        ///
        /// @param after how long to wait
        record TooManyAttempts(Duration after) implements SignIn {
        }
    }
}
