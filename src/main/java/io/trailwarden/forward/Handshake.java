package io.trailwarden.forward;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a handshake failed, in words that an operator can act on.
final class Handshake {

    private Handshake() {
    }

    /// Why the other side, or we, ended a handshake, if a person must mend it; null when trying again may help.
    ///
    /// @param where host and port
    static @Nullable String mistake(IOException failed, String where) {
        var theirs = "the certificate of " + where;
        for (Throwable cause = innermost(failed); cause != null; cause = outer(failed, cause)) {
            var said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            var mistake = switch (cause) {
                case CertificateExpiredException _ -> theirs + " has expired";
                case CertificateNotYetValidException _ -> theirs + " is not valid yet";
                case CertPathBuilderException _, CertPathValidatorException _ -> theirs + " is signed by nobody who is trusted; ca-file names who is";
                case CertificateException _ when said.contains("name") -> theirs + " is for another host; host must be a name that is in it";
                case CertificateException _ -> theirs + " is not trusted";
                default -> ofWords(said, where);
            };
            if (mistake != null) {
                return mistake;
            }
        }
        return null;
    }

    /// What Java says in no other way.
    private static @Nullable String ofWords(String said, String where) {
        if (said.contains("unsupported or unrecognized ssl message")) {
            return where + " does not speak TLS";
        }
        if (said.contains("received fatal alert") && said.matches(".*(certificate|unknown_ca|access_denied).*")) {
            return where + " does not accept our certificate, or wants one; client-certificate-file names it";
        }
        if (said.contains("protocol_version") || said.contains("received fatal alert: handshake_failure")) {
            return where + " and we have no version or cipher of TLS in common";
        }
        return null;
    }

    /// The innermost cause says most: what lies around it only passes it on.
    private static Throwable innermost(Throwable failed) {
        var cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// Whose cause `inner` is, on the way in from `failed`; null when it is `failed` itself.
    private static @Nullable Throwable outer(Throwable failed, Throwable inner) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause.getCause() == inner) {
                return cause;
            }
        }
        return null;
    }
}
