package io.trailwarden.forward;

import io.trailwarden.forward.Kind.Misconfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS to destinations: 1.2 or newer, the certificate checked against the host's name.
final class Tls {

    private Tls() {
    }

    /// Trusts who `settings` say, in [CommonOptions#CA_FILE], else whom this Java trusts.
    ///
    /// @throws Misconfiguration when that file holds no certificates
    static SSLContext context(DestinationSettings settings) {
        return context(settings, null);
    }

    /// The same, and comes as somebody.
    ///
    /// @param identity who we are, with an empty password; null for nobody
    static SSLContext context(DestinationSettings settings, @Nullable KeyStore identity) {
        return context(trusted(settings), identity);
    }

    /// Trusts whom `trusted` does, and comes as `identity`, or as nobody when that is null.
    static SSLContext context(X509TrustManager trusted, @Nullable KeyStore identity) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys(identity), new TrustManager[] {trusted}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
        }
    }

    private static KeyManager[] keys(KeyStore identity) throws GeneralSecurityException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, new char[0]);
        return keys.getKeyManagers();
    }

    /// Who is trusted: whom [CommonOptions#CA_FILE] names, else whom this Java trusts.
    ///
    /// @throws Misconfiguration when that file holds no certificates
    static X509TrustManager trusted(DestinationSettings settings) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities(settings));
            return Arrays.stream(trust.getTrustManagers()).filter(X509TrustManager.class::isInstance).map(X509TrustManager.class::cast).findFirst().orElseThrow();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
        }
    }

    /// Null means those that this Java trusts.
    private static @Nullable KeyStore authorities(DestinationSettings settings) throws GeneralSecurityException {
        var file = settings.file(CommonOptions.CA_FILE);
        if (file.isEmpty()) {
            return null;
        }
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file.get())))) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw settings.problem(CommonOptions.CA_FILE, "must name certificates in PEM, got none in " + file.get());
            }
            return trusted;
        } catch (IOException | CertificateException unreadable) {
            throw settings.problem(CommonOptions.CA_FILE, "must name certificates in PEM that can be read, got " + file.orElseThrow());
        }
    }

    /// TLS 1.2 or newer, and the certificate must be of the host that was asked for.
    static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
