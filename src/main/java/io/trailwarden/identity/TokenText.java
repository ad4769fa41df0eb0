package io.trailwarden.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The text of a token taken apart: `tw_<id>_<secret>_<check>`.
///
/// The prefix lets secret scanners find leaked ones, the id lets us find the one hash to compare with, and the checksum
/// tells a mistyped token from an unknown one.
///
/// @param id public part, 12 base62 digits
/// @param secret 256 random bits, 43 base62 digits
record TokenText(String id, Secret secret) {

    private static final int ID_DIGITS = 12;
    private static final int SECRET_DIGITS = 43;
    private static final int CHECK_DIGITS = 6;
    private static final Pattern FORM = Pattern.compile(
            "tw_([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})_([0-9A-Za-z]{%d})".formatted(ID_DIGITS, SECRET_DIGITS, CHECK_DIGITS));
    private static final int LONGEST_HEADER = 256;
    private static final String SCHEME = "bearer ";

    /// A new one. `random` must be cryptographically strong.
    static TokenText random(RandomGenerator random) {
        return new TokenText(Base62.encode(bytes(random, 8), ID_DIGITS), new Secret(Base62.encode(bytes(random, 32), SECRET_DIGITS)));
    }

    /// Takes the text out of an `Authorization` header.
    ///
    /// @return empty when it holds nothing that looks like a token of ours
    static Optional<TokenText> inHeader(@Nullable String authorization) {
        if (authorization == null || authorization.length() > LONGEST_HEADER
                || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.empty();
        }
        return parse(authorization.substring(SCHEME.length()).strip());
    }

    private static Optional<TokenText> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var token = new TokenText(form.group(1), new Secret(form.group(2)));
        return token.check().equals(form.group(3)) ? Optional.of(token) : Optional.empty();
    }

    /// The whole text, to be shown once.
    Secret text() {
        return new Secret(body() + "_" + check());
    }

    /// What is stored of the secret.
    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private String body() {
        return "tw_" + id + "_" + secret.reveal();
    }

    private String check() {
        var crc = new CRC32();
        crc.update(body().getBytes(StandardCharsets.US_ASCII));
        long value = crc.getValue();
        return Base62.encode(new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value}, CHECK_DIGITS);
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
