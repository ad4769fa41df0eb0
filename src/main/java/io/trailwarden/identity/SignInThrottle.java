package io.trailwarden.identity;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down guessing: after a few wrong passwords from one address each further one costs twice the wait.
///
/// Counted by address and account, and by address alone. Never by account alone, which would let anybody lock a person
/// out; whoever guesses from very many addresses is held up by the cost of the hash instead.
final class SignInThrottle {

    private static final int FREE_FOR_ACCOUNT = 5;
    private static final int FREE_FOR_ADDRESS = 20;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /// Bound of memory; the least recently seen are forgotten first.
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Failures> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /// Wrong passwords in a row, and from when the next one is looked at.
    private record Failures(int count, Instant last, Instant until) {

        static final Failures NONE = new Failures(0, Instant.EPOCH, Instant.EPOCH);

        Failures oneMore(int free, Instant now) {
            int further = Math.min(count + 1 - free, 20);
            var wait = further <= 0 ? Duration.ZERO : min(Duration.ofSeconds(1L << further - 1), LONGEST);
            return new Failures(count + 1, now, now.plus(wait));
        }

        boolean forgotten(Instant now) {
            return last.plus(LONGEST).plus(LONGEST).isBefore(now);
        }

        private static Duration min(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }
    }

    /// How long `name` from `address` has to wait; zero when it is looked at now.
    synchronized Duration wait(String name, String address, Instant now) {
        var until = max(failures(account(name, address), now).until(), failures(network(address), now).until());
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /// As [#wait], and when it is looked at now counts it as wrong until it [#succeeded]: many that come at once are not
    /// looked at together.
    synchronized Duration attempt(String name, String address, Instant now) {
        var wait = wait(name, address, now);
        if (wait.isZero()) {
            failed(name, address, now);
        }
        return wait;
    }

    /// The password was wrong.
    synchronized void failed(String name, String address, Instant now) {
        var account = account(name, address);
        remembered.put(account, failures(account, now).oneMore(FREE_FOR_ACCOUNT, now));
        var network = network(address);
        remembered.put(network, failures(network, now).oneMore(FREE_FOR_ADDRESS, now));
    }

    /// The password was right: what went wrong before was its owner.
    synchronized void succeeded(String name, String address) {
        remembered.remove(account(name, address));
        remembered.remove(network(address));
    }

    private Failures failures(String key, Instant now) {
        var failures = remembered.getOrDefault(key, Failures.NONE);
        return failures.forgotten(now) ? Failures.NONE : failures;
    }

    /// Names and addresses hold no blank line, so that no two keys are the same.
    private static String account(String name, String address) {
        return network(address) + "\n\n" + name;
    }

    /// Whoever has one address of IPv6 mostly has the 2⁶⁴ that begin alike, and they count as one.
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            return HexFormat.of().formatHex(InetAddress.ofLiteral(address).getAddress(), 0, 8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException other) {
            return address;
        }
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
