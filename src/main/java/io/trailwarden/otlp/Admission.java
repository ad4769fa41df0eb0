package io.trailwarden.otlp;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens;
import org.jspecify.annotations.Nullable;

/// Decides from the `Authorization` header alone who may send what. What cannot be decided is never a refusal for good:
/// a client drops its records on 401.
final class Admission {

    private final Tokens tokens;
    private final Trouble trouble = new Trouble("Tokens cannot be checked");

    Admission(Tokens tokens) {
        this.tokens = tokens;
    }

    /// What was decided.
    sealed interface Verdict {

        /// May send; `principal` is stamped on every record.
        record Admitted(String principal) implements Verdict {
        }

        /// May not, or not now.
        record Refused(Answer answer) implements Verdict {
        }
    }

    /// @param authorization the header as sent, null when absent
    Verdict check(@Nullable String authorization, Signal signal) {
        Tokens.Check check;
        try {
            check = tokens.checkIngest(authorization, signal);
            trouble.over();
        } catch (RuntimeException undecided) {
            trouble.because(undecided.getClass().getName());
            return new Verdict.Refused(new Answer.Busy("the token cannot be checked at the moment; send again"));
        }
        return switch (check) {
            case Tokens.Check.Accepted(var principal, _) -> new Verdict.Admitted(principal);
            case Tokens.Check.Unknown(var why) -> new Verdict.Refused(new Answer.Unauthenticated(why));
            case Tokens.Check.NotAllowed(var why) -> new Verdict.Refused(new Answer.NotAllowed(why));
        };
    }
}
