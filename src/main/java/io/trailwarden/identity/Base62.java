package io.trailwarden.identity;

import java.math.BigInteger;

/// Numbers in digits and letters: no sign that a shell, a URL or a double click would stop at.
final class Base62 {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

    private Base62() {
    }

    /// The unsigned number in `bytes`, most significant first, in exactly `width` digits.
    ///
    /// @throws IllegalArgumentException when it does not fit
    static String encode(byte[] bytes, int width) {
        var digits = new char[width];
        var rest = new BigInteger(1, bytes);
        for (int i = width - 1; i >= 0; i--) {
            var division = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(division[1].intValue());
            rest = division[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("number of " + bytes.length + " bytes does not fit into " + width + " digits");
        }
        return new String(digits);
    }
}
