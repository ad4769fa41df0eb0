package io.trailwarden.forward;

import io.trailwarden.forward.HttpPost.Posted;
import io.trailwarden.forward.Option.Takes;
import io.trailwarden.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Posts each item by itself, as JSON, signed so that the receiver can tell that it is ours and fresh.
///
/// `X-Signature` is `v1=` and the hexadecimal HMAC-SHA-256 of `X-Timestamp` (seconds since 1970), a dot and the body as it is
/// on the wire. While secrets are being rotated there are two, parted by a comma.
final class WebhookForwarder implements Forwarder {

    private static final Option SECRET = Option.required("secret", new Takes.Secret(), "Shared with the receiver, who checks signatures with it; 32 random characters or more");
    private static final Option NEXT_SECRET = Option.optional("next-secret", new Takes.Secret(), "", "A second one, for rotation: both sign until one is removed");

    /// 1 MiB is what common gateways let through.
    static final Kind KIND = new Kind("webhook", "A receiver of your own, over HTTPS",
            "At least once: a receiver that forgets after answering has lost it, one whose answer is lost gets it again under the same `X-Event-Id`",
            new Limits(1, 1 << 20, 1 << 20, 0), List.of(CommonOptions.URL, SECRET, NEXT_SECRET, CommonOptions.ALLOW_HTTP, CommonOptions.CA_FILE), WebhookForwarder::new);

    private final HttpPost http;
    private final InstantSource clock;
    private final Secret secret;
    private final @Nullable Secret nextSecret;

    private WebhookForwarder(DestinationSettings settings, InstantSource clock) {
        this.clock = clock;
        this.secret = settings.secret(SECRET).orElseThrow(() -> settings.problem(SECRET, "must be set"));
        this.nextSecret = settings.secret(NEXT_SECRET).orElse(null);
        this.http = new HttpPost(settings, clock);
    }

    @Override
    public byte[] encode(Item item) {
        return ItemJson.bytes(item);
    }

    @Override
    public Delivery send(List<Message> batch, int attempt) {
        for (var message : batch) {
            var delivery = http.usually(post(message, attempt));
            if (!(delivery instanceof Delivery.Accepted)) {
                return delivery;
            }
        }
        return new Delivery.Accepted();
    }

    private Posted post(Message message, int attempt) {
        var body = message.bytes();
        var timestamp = Long.toString(clock.instant().getEpochSecond());
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Event-Id", message.item().id().toString());
        headers.put("X-Delivery-Attempt", Integer.toString(attempt));
        headers.put("X-Timestamp", timestamp);
        headers.put("X-Signature", signatures(timestamp, body));
        return http.post("", headers, body);
    }

    private String signatures(String timestamp, byte[] body) {
        var first = signature(secret, timestamp, body);
        return nextSecret == null ? first : first + "," + signature(nextSecret, timestamp, body);
    }

    private static String signature(Secret secret, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", missing);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
