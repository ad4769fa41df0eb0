package io.trailwarden.forward;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a destination may be. Destinations are the operator's own word, so private networks and this machine are theirs to
/// name; what hands out a cloud machine's credentials is never a SIEM, whoever's DNS says so.
final class Addresses {

    /// Metadata services outside of the link-local range: Amazon over IPv6, Alibaba, Azure's wire server.
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16");

    /// Digits and dots are an address in more ways than four bytes.
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|.*:.*|[0-9.]+");

    private Addresses() {
    }

    /// How names become addresses.
    interface Lookup {

        /// All addresses of `host`, which may be an address itself.
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /// Every address of `host`, looked up now. Connect to one of these: who asks again may be told something else.
    ///
    /// @throws UnknownHostException when it has none, or one that nothing may be sent to; the message says which
    static List<InetAddress> of(String host, Lookup lookup) throws UnknownHostException {
        return check(host, List.of(lookup.all(host)));
    }

    /// Checks an address that stands where a name could, in any way of writing it; names pass.
    ///
    /// @throws UnknownHostException when nothing may be sent to it
    static void checkLiteral(String host) throws UnknownHostException {
        if (LITERAL.matcher(host).matches()) {
            check(host, List.of(InetAddress.getAllByName(host)));
        }
    }

    private static List<InetAddress> check(String host, List<InetAddress> found) throws UnknownHostException {
        for (var address : found) {
            var reason = forbidden(address);
            if (reason != null) {
                throw new UnknownHostException(host + " is at " + address.getHostAddress() + ", which is " + reason);
            }
        }
        return found;
    }

    /// What is wrong with `address`, null when nothing is.
    static @Nullable String forbidden(InetAddress address) {
        if (address.isLinkLocalAddress()) {
            return "link-local: nothing is forwarded there";
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return "no address of one machine";
        }
        if (METADATA.contains(address.getHostAddress().replaceFirst("%.*", "")) || address instanceof Inet6Address six && carriesLinkLocal(six.getAddress())) {
            return "a metadata service: nothing is forwarded there";
        }
        return null;
    }

    /// IPv4's link-local range inside NAT64's well-known prefix, 6to4, or the deprecated compatible form.
    private static boolean carriesLinkLocal(byte[] six) {
        boolean nat64 = six[0] == 0 && six[1] == 0x64 && (six[2] & 0xff) == 0xff && (six[3] & 0xff) == 0x9b;
        boolean compatible = zero(six, 12);
        int at = nat64 || compatible ? 12 : six[0] == 0x20 && six[1] == 0x02 ? 2 : -1;
        return at >= 0 && (six[at] & 0xff) == 169 && (six[at + 1] & 0xff) == 254;
    }

    private static boolean zero(byte[] bytes, int until) {
        for (int i = 0; i < until; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
