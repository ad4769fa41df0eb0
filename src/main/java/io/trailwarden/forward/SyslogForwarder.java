package io.trailwarden.forward;

import io.trailwarden.alert.Severity;
import io.trailwarden.forward.Option.Takes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Sends RFC 5424 messages to a syslog receiver: counted in octets over TLS or TCP, one a datagram over UDP; each holds CEF or JSON.
///
/// Syslog has no answer. Over a connection, what was written last is written again when it breaks ([SyslogStream]); over UDP
/// nothing is known at all.
final class SyslogForwarder implements Forwarder {

    static final Option HOST = Option.required("host", new Takes.Host(), "Name or address of the receiver; over TLS, as it stands in its certificate");
    static final Option PORT = Option.optional("port", new Takes.Number(1, 65_535), "6514", "Port of the receiver");
    static final Option TRANSPORT = Option.optional("transport", Takes.OneOf.of("tls", "tcp", "udp"), "tls",
            "How messages travel; `tcp` and `udp` can be read and changed on the way, and `udp` loses messages without a word");
    static final Option FORMAT = Option.optional("format", Takes.OneOf.of("json", "cef"), "json",
            "What a message holds: JSON with every field, or CEF with those that its dictionary has");
    static final Option MAX_MESSAGE = Option.optional("max-message", new Takes.Number(2048, 65_000), "8192",
            "Most bytes of a message; texts of a longer one are cut, and say so. Not more than the receiver takes; 2048, which every one should, suits UDP");
    static final Option FACILITY = Option.optional("facility", new Takes.Number(0, 23), "13", "Syslog facility: 13 is log audit, 16 to 23 are local0 to local7");
    static final Option SENDER = Option.optional("sender", new Takes.Host(), "", "HOSTNAME of the messages; this machine's name when not set");
    static final Option CERTIFICATE = Option.optional("client-certificate-file", new Takes.ReadableFile(), "",
            "Our own certificate (PEM), where the receiver asks for one");
    static final Option KEY = Option.optional("client-key-file", new Takes.ReadableFile(), "", "Its key (PEM, PKCS #8, not encrypted)");

    static final Kind KIND = new Kind("syslog", "Syslog receiver (rsyslog, syslog-ng, a SIEM's collector), RFC 5424",
            "Over TLS and TCP at least once, as far as a protocol without answers can; over UDP as the network pleases",
            new Limits(500, 1 << 20, 65_536, 6),
            List.of(HOST, PORT, TRANSPORT, FORMAT, MAX_MESSAGE, FACILITY, SENDER, CommonOptions.CA_FILE, CERTIFICATE, KEY), SyslogForwarder::open);

    /// The number that RFC 5612 sets aside for examples: we have none of our own.
    private static final String ELEMENT = "trailwarden@32473";
    private static final String APP = "trailwarden";

    private final Wire wire;
    private final boolean cef;
    private final int largest;
    private final int facility;
    private final String sender;

    private SyslogForwarder(Wire wire, boolean cef, int largest, int facility, String sender) {
        this.wire = wire;
        this.cef = cef;
        this.largest = largest;
        this.facility = facility;
        this.sender = sender;
    }

    static Forwarder open(DestinationSettings settings, InstantSource clock) {
        var host = settings.text(HOST);
        int port = settings.number(PORT);
        var wire = switch (settings.text(TRANSPORT)) {
            case "udp" -> new Datagrams(host, port);
            case "tcp" -> new Connection(host + ':' + port, new SyslogStream(new Dial(host, port, null), clock));
            default -> new Connection(host + ':' + port, new SyslogStream(new Dial(host, port, tls(settings)), clock));
        };
        return new SyslogForwarder(wire, settings.text(FORMAT).equals("cef"), settings.number(MAX_MESSAGE), settings.number(FACILITY),
                settings.optional(SENDER).orElseGet(SyslogForwarder::ownName));
    }

    private static SSLContext tls(DestinationSettings settings) {
        var certificate = settings.file(CERTIFICATE);
        var key = settings.file(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw settings.problem(certificate.isPresent() ? KEY : CERTIFICATE, "must be set too: a certificate and its key belong together");
        }
        if (certificate.isEmpty()) {
            return Tls.context(settings);
        }
        try {
            return Tls.context(settings, Pem.identity(certificate.get(), key.orElseThrow()));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            // The cause may quote the file, so it is not told.
            throw settings.problem(CERTIFICATE, "and " + KEY.name() + " must hold a certificate and its unencrypted PKCS #8 key (PEM), got files that cannot be used");
        }
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "-";
        }
    }

    @Override
    public byte[] encode(Item item) {
        var message = new SyslogMessage(facility, severity(item.severity()), ItemTime.of(item), sender, APP, item.name(), ELEMENT, parameters(item));
        return message.with(Cut.toFit(largest - message.overhead(), cut -> cef ? CefFormat.write(item, cut) : EcsJson.write(item, cut)));
    }

    private static Map<String, String> parameters(Item item) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("id", item.id().toString());
        parameters.put("kind", item instanceof Item.OfAlert ? "alert" : "event");
        parameters.put("severity", item.severity().wireName());
        return parameters;
    }

    private static int severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 2;
            case HIGH -> 3;
            case MEDIUM -> 4;
            case LOW -> 5;
            case INFORMATIONAL -> 6;
        };
    }

    @Override
    public Delivery send(List<Message> batch, int attempt) {
        return wire.send(batch.stream().map(Message::bytes).toList());
    }

    /// Writes again what may have been lost with a connection that ended, without waiting for something new to write.
    @Override
    public Delivery idle() {
        return wire instanceof Connection connection && connection.stream().owes() ? connection.send(List.of()) : new Delivery.Accepted();
    }

    @Override
    public void close() {
        wire.close();
    }

    /// One way to travel.
    private sealed interface Wire {
        Delivery send(List<byte[]> messages);

        void close();
    }

    private record Connection(String where, SyslogStream stream) implements Wire {

        @Override
        public Delivery send(List<byte[]> messages) {
            try {
                stream.write(messages.stream().map(SyslogMessage::framed).toList());
                return new Delivery.Accepted();
            } catch (IOException failed) {
                var mistake = Handshake.mistake(failed, where);
                return mistake == null ? new Delivery.RetryLater(why(failed, where)) : new Delivery.Misconfigured(mistake);
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /// One message a datagram. That nobody listens is heard of with the next one, if at all.
    private static final class Datagrams implements Wire {

        private final String host;
        private final int port;
        private Optional<DatagramSocket> socket = Optional.empty();

        Datagrams(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public Delivery send(List<byte[]> messages) {
            try {
                var open = socket.isPresent() ? socket.get() : connect();
                for (var message : messages) {
                    open.send(new DatagramPacket(message, message.length));
                }
                return new Delivery.Accepted();
            } catch (IOException failed) {
                close();
                return new Delivery.RetryLater(why(failed, host + ':' + port));
            }
        }

        private DatagramSocket connect() throws IOException {
            var address = Addresses.of(host, InetAddress::getAllByName).getFirst();
            var open = new DatagramSocket();
            open.connect(new InetSocketAddress(address, port));
            socket = Optional.of(open);
            return open;
        }

        @Override
        public void close() {
            socket.ifPresent(DatagramSocket::close);
            socket = Optional.empty();
        }
    }

    private static String why(IOException failed, String where) {
        return switch (failed) {
            case UnknownHostException unknown -> String.valueOf(unknown.getMessage()).contains(" is at ") ? String.valueOf(unknown.getMessage())
                    : "no address is known for the host of " + where;
            case SocketTimeoutException _ -> "no answer from " + where + " within 10 s";
            case ConnectException _ -> "nobody takes connections at " + where;
            case PortUnreachableException _ -> "nobody listens at " + where;
            default -> "the connection to " + where + " broke";
        };
    }
}
