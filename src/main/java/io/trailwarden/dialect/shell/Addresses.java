package io.trailwarden.dialect.shell;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the host in what programs accept as address.
final class Addresses {

    private Addresses() {
    }

    static boolean isUrl(Value value) {
        return isUrl(value.shape());
    }

    static boolean isUrl(String text) {
        int colon = text.indexOf("://");
        if (colon < 1 || colon > 20) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            if (c > 127 || (!Character.isLetterOrDigit(c) && "+-.".indexOf(c) < 0)) {
                return false;
            }
        }
        return Character.isLetter(text.charAt(0)) && text.indexOf(' ') < 0 && text.indexOf('\n') < 0;
    }

    /// Host of a URL or of `[user@]host[:port][/path]`; null when there is none or it is computed altogether.
    static @Nullable String host(String shape) {
        int from = isUrl(shape) ? shape.indexOf("://") + 3 : shape.startsWith("//") ? 2 : 0;
        int to = from;
        while (to < shape.length() && "/?#\\".indexOf(shape.charAt(to)) < 0) {
            to++;
        }
        return authority(shape.substring(from, to));
    }

    /// Host of the scp-like `[user@]host:path`; null when `text` names a local file.
    static @Nullable String remoteCopy(String shape) {
        int colon = shape.startsWith("[") || shape.contains("@[") ? shape.indexOf("]:") + 1 : shape.indexOf(':');
        int slash = shape.indexOf('/');
        if (colon < 1 || (slash >= 0 && slash < colon)) {
            return null;
        }
        return authority(shape.substring(0, colon));
    }

    private static @Nullable String authority(String authority) {
        var rest = authority.substring(authority.lastIndexOf('@') + 1);
        if (rest.startsWith("[")) {
            int close = rest.indexOf(']');
            return close < 0 ? null : named(rest.substring(1, close));
        }
        int colon = rest.indexOf(':');
        boolean port = colon >= 0 && rest.indexOf(':', colon + 1) < 0;
        return named(port ? rest.substring(0, colon) : rest);
    }

    /// A host name or address in the one way we write it: lower case, no final dot, IPv4 in four decimal parts.
    static @Nullable String named(String name) {
        var host = name.toLowerCase(Locale.ROOT);
        int gap = host.lastIndexOf(Value.GAP);
        if (gap >= 0) {
            int dot = host.indexOf('.', gap);
            host = dot < 0 || host.indexOf('.', dot + 1) < 0 ? "" : host.substring(dot + 1);
        }
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (host.isEmpty() || host.length() > 253 || !host.chars().allMatch(Addresses::inHost) || host.startsWith("-")) {
            return null;
        }
        var address = ipv4(host);
        return address == null ? host : address;
    }

    private static boolean inHost(int c) {
        return c > 127 ? Character.isLetterOrDigit(c) : Character.isLetterOrDigit(c) || "._-:%".indexOf(c) >= 0;
    }

    /// Reads an address as `inet_aton` does: one to four parts, decimal, octal (`0177`) or hexadecimal (`0x7f`), the last
    /// part filling the rest.
    private static @Nullable String ipv4(String host) {
        if (!Character.isDigit(host.charAt(0)) || host.length() > 48) {
            return null;
        }
        var parts = host.split("\\.", 5);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long part = number(parts[i]);
            long most = i == parts.length - 1 ? (1L << (8 * (4 - i))) - 1 : 255;
            if (part < 0 || part > most) {
                return null;
            }
            address = i == parts.length - 1 ? address | part : address | part << (8 * (3 - i));
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static long number(String text) {
        try {
            if (text.startsWith("0x")) {
                return Long.parseLong(text, 2, text.length(), 16);
            }
            return text.startsWith("0") && text.length() > 1 ? Long.parseLong(text, 1, text.length(), 8) : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// Host of `/dev/tcp/host/port`, which bash opens itself; null when `path` is another file.
    static @Nullable String device(String shape) {
        if (!isDevice(shape)) {
            return null;
        }
        int end = shape.indexOf('/', 9);
        return named(end < 0 ? shape.substring(9) : shape.substring(9, end));
    }

    static boolean isDevice(String shape) {
        return shape.startsWith("/dev/tcp/") || shape.startsWith("/dev/udp/");
    }
}
