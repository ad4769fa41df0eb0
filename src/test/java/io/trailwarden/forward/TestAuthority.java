package io.trailwarden.forward;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A certificate authority of the test's own, made with the JDK's `keytool`, in the files that operators have.
final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final String name;

    private TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /// Makes an authority called `name` in `folder`.
    static TestAuthority create(Path folder, String name) {
        var authority = new TestAuthority(folder, name);
        authority.keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "bc:c", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30");
        write(authority.file(), pem("CERTIFICATE", authority.certificate(name)));
        return authority;
    }

    /// Its own certificate, to be trusted.
    Path file() {
        return folder.resolve(name + ".pem");
    }

    /// A certificate and its key.
    record Issued(Path certificate, Path key) {
    }

    /// Signs a certificate.
    ///
    /// @param names as keytool has them: `dns:localhost,ip:127.0.0.1`
    Issued issue(String subject, String names, String... more) {
        var make = new ArrayList<>(List.of("-genkeypair", "-alias", subject, "-signer", name, "-dname", "CN=" + subject, "-ext", "san=" + names, "-keyalg", "EC",
                "-groupname", "secp256r1"));
        make.addAll(more.length == 0 ? List.of("-validity", "30") : Arrays.asList(more));
        keytool(make.toArray(String[]::new));
        var issued = new Issued(folder.resolve(subject + "-cert.pem"), folder.resolve(subject + "-key.pem"));
        write(issued.certificate(), pem("CERTIFICATE", certificate(subject)));
        write(issued.key(), pem("PRIVATE KEY", key(subject)));
        return issued;
    }

    private byte[] certificate(String alias) {
        try {
            return store().getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private byte[] key(String alias) {
        try {
            return store().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keystore", folder.resolve(name + ".p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + kind + "-----\n";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
