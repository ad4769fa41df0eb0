package io.trailwarden.forward;

import io.trailwarden.forward.Kind.Misconfiguration;
import io.trailwarden.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What an operator set for one destination, checked: every value is one that its [Option] takes.
final class DestinationSettings {

    private static final String FILE = "-file";
    private static final int LARGEST_SECRET = 16 << 10;

    private final String name;
    private final Map<String, String> values;

    /// @param values by the names of options; secrets that came from the environment among them
    DestinationSettings(String name, Map<String, String> values) {
        this.name = name;
        this.values = Map.copyOf(values);
    }

    /// Name of the destination, such as `splunk`.
    public String name() {
        return name;
    }

    /// What is set, else the standard value, else empty.
    public String text(Option option) {
        return values.getOrDefault(option.name(), option.standard());
    }

    /// What is set, else the standard value; empty when there is neither.
    public Optional<String> optional(Option option) {
        var text = text(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /// As a whole number.
    public int number(Option option) {
        return Integer.parseInt(text(option));
    }

    /// As a truth value.
    public boolean flag(Option option) {
        return Boolean.parseBoolean(text(option));
    }

    /// As an address.
    public URI url(Option option) {
        return URI.create(text(option));
    }

    /// As a file; empty when none is named.
    public Optional<Path> file(Option option) {
        return optional(option).map(Path::of);
    }

    /// Where it is, for people: host and port, and nothing that may be as good as a password.
    String where() {
        var url = values.get(CommonOptions.URL.name());
        if (url != null) {
            return HttpPost.where(URI.create(url));
        }
        var port = values.get("port");
        return values.getOrDefault("host", "") + (port == null ? "" : ":" + port);
    }

    /// The secret from the environment, or from the file named for it, read now; empty when neither is set.
    ///
    /// @throws Misconfiguration when the file cannot be read or holds no secret
    public Optional<Secret> secret(Option option) {
        var direct = values.get(option.name());
        if (direct != null) {
            return Optional.of(new Secret(direct));
        }
        var file = values.get(option.name() + FILE);
        return file == null ? Optional.empty() : Optional.of(read(option, Path.of(file)));
    }

    private Secret read(Option option, Path file) {
        var key = new Option(option.name() + FILE, option.takes(), "", false, "");
        try {
            if (Files.size(file) > LARGEST_SECRET) {
                throw problem(key, "must name a file of at most 16 KiB, got a larger one: " + file);
            }
            var text = Files.readString(file).strip();
            if (!option.takes().takes(text)) {
                throw problem(key, "must name a file that holds " + option.takes().accepts() + ", got another: " + file);
            }
            return new Secret(text);
        } catch (CharacterCodingException binary) {
            throw problem(key, "must name a file of text, got another: " + file);
        } catch (IOException unreadable) {
            throw problem(key, "must name a file that this user may read, got " + file);
        }
    }

    /// What is wrong with `option`, with its whole key in front.
    public Misconfiguration problem(Option option, String problem) {
        return new Misconfiguration("trailwarden.forward." + name + "." + option.name() + " " + problem);
    }
}
