package io.trailwarden.forward;

import io.trailwarden.forward.Kind.Misconfiguration;
import io.trailwarden.forward.Option.Takes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// The destinations that an operator configured, checked as a whole.
///
/// They are named by whoever sets them up, so they cannot be a fixed list of settings: `trailwarden.forward.<name>.<option>`
/// in files and properties, `TRAILWARDEN_FORWARD_<NAME>_<OPTION>` in the environment, which wins.
public final class ForwardSettings {

    /// What keys of files and properties begin with.
    public static final String PREFIX = "trailwarden.forward.";

    /// What variables begin with.
    public static final String VARIABLE = "TRAILWARDEN_FORWARD_";

    private static final String NAME = "[a-z][a-z0-9-]{0,30}";
    private static final String KIND = "kind";
    private static final String FILE = "-file";

    private final List<Destination> destinations = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /// One destination.
    record Destination(DestinationSettings settings, Kind kind) {

        String name() {
            return settings.name();
        }
    }

    private ForwardSettings(Map<String, String> properties, Map<String, String> environment) {
        var byDestination = new TreeMap<String, Map<String, String>>();
        properties.forEach((key, value) -> property(byDestination, key, value));
        environment.forEach((variable, value) -> variable(byDestination, variable, value));
        byDestination.forEach(this::destination);
    }

    /// @param properties what files and system properties say, by whole key; others than ours are passed over
    /// @param environment all variables; others than ours are passed over
    public static ForwardSettings of(Map<String, String> properties, Map<String, String> environment) {
        return new ForwardSettings(properties, environment);
    }

    /// What `config` and the environment of this process say.
    public static ForwardSettings read(Config config) {
        var properties = new HashMap<String, String>();
        for (var source : config.getConfigSources()) {
            if (!isEnvironment(source)) {
                source.getPropertyNames().stream().filter(key -> key.startsWith(PREFIX))
                        .forEach(key -> properties.put(key, config.getOptionalValue(key, String.class).orElse("")));
            }
        }
        return of(properties, System.getenv());
    }

    private static boolean isEnvironment(ConfigSource source) {
        return source.getName() != null && source.getName().contains("EnvConfigSource");
    }

    /// Everything that is wrong, a sentence each; empty when the program may start.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Those without problems.
    List<Destination> destinations() {
        return List.copyOf(destinations);
    }

    private void property(Map<String, Map<String, String>> byDestination, String key, String value) {
        if (!key.startsWith(PREFIX)) {
            return;
        }
        var rest = key.substring(PREFIX.length());
        int dot = rest.indexOf('.');
        if (dot < 0 || !rest.substring(0, dot).matches(NAME)) {
            problems.add(key + " is no setting; a destination's is " + PREFIX + "<name>.<option>, the name in lower case");
        } else if (isSecret(rest.substring(dot + 1))) {
            problems.add("%s must come from the variable %s or from the file that %s names".formatted(key, variable(rest.substring(0, dot), rest.substring(dot + 1)), key + FILE));
        } else if (!value.isEmpty()) {
            byDestination.computeIfAbsent(rest.substring(0, dot), _ -> new TreeMap<>()).put(rest.substring(dot + 1), value);
        }
    }

    /// A variable's name does not tell where the destination's name ends, so the longest option that it ends with decides.
    private void variable(Map<String, Map<String, String>> byDestination, String variable, String value) {
        if (!variable.startsWith(VARIABLE)) {
            return;
        }
        var rest = variable.substring(VARIABLE.length());
        var option = everyOption().filter(each -> rest.endsWith("_" + upper(each))).max(Comparator.comparingInt(String::length));
        var name = option.map(found -> rest.substring(0, rest.length() - found.length() - 1).toLowerCase(Locale.ROOT).replace('_', '-')).orElse("");
        if (option.isEmpty() || !name.matches(NAME)) {
            problems.add(variable + " is no setting; a destination's is " + VARIABLE + "<NAME>_<OPTION>, and no kind has an option that this ends with");
        } else if (!value.isEmpty()) {
            byDestination.computeIfAbsent(name, _ -> new TreeMap<>()).put(option.get(), value);
        }
    }

    private static Stream<String> everyOption() {
        return Stream.concat(Stream.of(KIND), Stream.concat(CommonOptions.ALL.stream(), Kinds.ALL.stream().flatMap(kind -> kind.options().stream()))
                .flatMap(ForwardSettings::keys));
    }

    private static Stream<String> keys(Option option) {
        return option.takes() instanceof Takes.Secret ? Stream.of(option.name(), option.name() + FILE) : Stream.of(option.name());
    }

    private static boolean isSecret(String option) {
        return Kinds.ALL.stream().flatMap(kind -> kind.options().stream())
                .anyMatch(each -> each.name().equals(option) && each.takes() instanceof Takes.Secret);
    }

    private void destination(String name, Map<String, String> values) {
        var kind = Kinds.find(values.getOrDefault(KIND, ""));
        if (kind.isEmpty()) {
            problems.add("%s%s.kind must be %s, got %s".formatted(PREFIX, name, Takes.OneOf.of(Kinds.ALL.stream().map(Kind::name).toArray(String[]::new)).accepts(),
                    values.containsKey(KIND) ? "'" + values.get(KIND) + "'" : "nothing"));
            return;
        }
        int before = problems.size();
        var options = Stream.concat(CommonOptions.ALL.stream(), kind.get().options().stream()).toList();
        check(name, values, options);
        var settings = new DestinationSettings(name, values);
        if (problems.size() == before && opens(kind.get(), settings)) {
            destinations.add(new Destination(settings, kind.get()));
        }
    }

    private void check(String name, Map<String, String> values, List<Option> options) {
        var known = new TreeSet<String>(List.of(KIND));
        options.stream().flatMap(ForwardSettings::keys).forEach(known::add);
        values.keySet().stream().filter(key -> !known.contains(key))
                .forEach(key -> problems.add("%s%s.%s is no setting of this kind; it has %s".formatted(PREFIX, name, key, String.join(", ", known))));
        for (var option : options) {
            var value = values.get(option.name());
            boolean given = keys(option).anyMatch(values::containsKey);
            if (option.required() && !given) {
                problems.add("%s%s.%s must be set: %s".formatted(PREFIX, name, option.name(), option.takes().accepts()));
            } else if (value != null && !option.takes().takes(value)) {
                problems.add("%s%s.%s must be %s, got %s".formatted(PREFIX, name, option.name(), option.takes().accepts(),
                        isShown(option) ? "'" + value + "'" : "another (not shown)"));
            }
        }
    }

    /// A path or a query may be as good as a password, and a URL that will not do may hold one outright.
    private static boolean isShown(Option option) {
        return !(option.takes() instanceof Takes.Secret || option.takes() instanceof Takes.Url);
    }

    /// Opening says what no single value can: contradictions, files without certificates. It connects nowhere, and what is
    /// closed at once needs no clock.
    private boolean opens(Kind kind, DestinationSettings settings) {
        try (var _ = kind.opening().open(settings, InstantSource.fixed(Instant.EPOCH))) {
            return true;
        } catch (Misconfiguration wrong) {
            problems.add(wrong.getMessage());
            return false;
        }
    }

    private static String variable(String name, String option) {
        return VARIABLE + upper(name) + "_" + upper(option);
    }

    private static String upper(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
