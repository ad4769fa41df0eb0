package io.trailwarden.forward;

import io.trailwarden.forward.Kind.Misconfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/// TLS to destinations: 1.2 or newer, the certificate checked against the host's name.
final class Tls {

    private Tls() {
    }

    /// Trusts who `settings` say, in [CommonOptions#CA_FILE], else whom this Java trusts.
    ///
    /// @throws Misconfiguration when that file holds no certificates
    static SSLContext context(DestinationSettings settings) {
        var file = settings.file(CommonOptions.CA_FILE);
        try {
            if (file.isEmpty()) {
                return SSLContext.getDefault();
            }
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file.get())))) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw settings.problem(CommonOptions.CA_FILE, "must name certificates in PEM, got none in " + file.get());
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | CertificateException unreadable) {
            throw settings.problem(CommonOptions.CA_FILE, "must name certificates in PEM that can be read, got " + file.orElseThrow());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
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
