package io.trailwarden.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// People who sign in with a password of ours. Throws [IdentityUnavailable] when the database does not answer.
public interface Accounts {

    /// Characters that a password has at least.
    int SHORTEST_PASSWORD = 12;

    /// Bytes in UTF-8 that a password has at most: bcrypt reads no further, so that a longer one would be weaker than it
    /// looks.
    int LONGEST_PASSWORD = 72;

    /// What `password` is worth for `name`. Takes a good part of a second, on purpose; not for event loops.
    ///
    /// @param name in any case
    /// @param address network address of the client; guessing from one address is slowed down
    SignIn signIn(String name, Secret password, String address);

    /// Whose `session` is, with the roles of now; empty when it ended, by whatever.
    Optional<Account> holder(UUID session);

    /// Ends the session of `who`.
    ///
    /// @param address of their browser
    void signOut(SignedIn who, String address);

    /// The account called `name`, in any case.
    Optional<Account> find(String name);

    /// All accounts by name.
    List<Account> list();

    /// Makes an account.
    ///
    /// @param password between [#SHORTEST_PASSWORD] and [#LONGEST_PASSWORD]
    /// @param roles some of [Roles#ALL]
    /// @throws IllegalArgumentException when one of them is not acceptable or `name` is taken
    Account create(String name, Secret password, Set<String> roles, String by);

    /// Sets a new password, with the same demands as [#create], and ends all sessions of the account.
    ///
    /// @return whether there is such an account
    boolean changePassword(String name, Secret password, String by);

    /// Lets somebody set a new password for themselves, with the same demands as [#create], and ends their other sessions.
    /// Takes a good part of a second.
    ///
    /// @param current theirs until now; guessing it is slowed down like signing in
    /// @param address of their browser
    /// @throws IllegalArgumentException when `next` is not acceptable, or the same as before
    PasswordChange changeOwnPassword(SignedIn who, Secret current, Secret next, String address);

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

    /// Calls `listener` with the name of an account whose sessions ended or whose roles changed, after each such change that
    /// this process makes, on the thread that makes it; must be quick.
    Registration listen(Consumer<String> listener);

    /// Ends the listening.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

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
        ///
        /// @param session began now
        record Welcome(Account account, UUID session) implements SignIn {
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

    /// What became of somebody's wish for another password.
    sealed interface PasswordChange {

        /// It counts from now on.
        record Done() implements PasswordChange {
        }

        /// What they gave as their password is not.
        record Wrong() implements PasswordChange {
        }

        /// Not looked at: too many wrong ones before.
        ///
        /// @param after how long to wait
        record TooManyAttempts(Duration after) implements PasswordChange {
        }
    }
}
