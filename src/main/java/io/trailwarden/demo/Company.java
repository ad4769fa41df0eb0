package io.trailwarden.demo;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Halden Freight, which does not exist: sixty people in six teams and five time zones.
final class Company {

    /// Nobody can own a name below `example`.
    static final String DOMAIN = "halden.example";

    /// Its organisation at the vendor.
    static final String ORGANIZATION = "5f0c2a9e-3b6d-4d1e-9c47-8a1f0e6b2d93";

    private static final Map<Team, List<String>> STAFF = Map.of(
            Team.PLATFORM, List.of("Tomasz Wolny", "Priya Raman", "Sam Okafor", "Ingrid Solheim", "Luis Ferreira", "Nadia Haddad", "Kenji Mori",
                    "Ruth Adler", "Callum Reid", "Zeynep Aydin"),
            Team.BILLING, List.of("Anna Keller", "Marek Dvorak", "Joana Pires", "Felix Brandt", "Sofia Lindgren", "Deepa Iyer", "Hugo Martens",
                    "Clara Jensen", "Emeka Eze", "Lotte Visser"),
            Team.ROUTING, List.of("Jonas Beck", "Amara Diallo", "Peter Novak", "Mei Tanaka", "Rafael Costa", "Greta Olsen", "Arjun Nair",
                    "Elif Kaya", "Owen Hartley", "Yuki Sato"),
            Team.STOREFRONT, List.of("Mara Lindqvist", "Daniel Osei", "Chiara Romano", "Leo Fischer", "Paula Moreno", "Nils Bergman",
                    "Aisha Khan", "Tom Whitaker", "Hana Suzuki", "Bruno Almeida"),
            Team.DATA, List.of("Elena Duarte", "Viktor Horvat", "Kavya Menon", "Simon Petit", "Laila Mansour", "George Papas", "Ida Nyberg",
                    "Oscar Lund", "Rosa Delgado", "Wen Zhao"),
            Team.MOBILE, List.of("Beatriz Sousa", "Mikkel Holm", "Farah Aziz", "Adam Kowal", "Julia Baumann", "Rohan Gupta", "Lena Vogel",
                    "Isaac Mensah", "Saki Ito", "Nora Quinn"));

    private static final List<String> ZONES = List.of("Europe/Berlin", "Europe/Berlin", "Europe/Berlin", "Europe/Lisbon", "Europe/Lisbon",
            "Europe/Oslo", "America/New_York", "America/New_York", "Asia/Kolkata", "Asia/Tokyo");

    private static final List<String> HABITS = List.of("default", "default", "acceptEdits", "acceptEdits", "acceptEdits", "auto", "auto",
            "auto", "auto", "plan");

    /// The spread of a company that lets people update when they like; most are near the newest.
    private static final List<String> VERSIONS = List.of("2.1.329", "2.1.329", "2.1.329", "2.1.329", "2.1.327", "2.1.327", "2.1.324",
            "2.1.318", "2.1.311", "2.1.296");

    private final List<Person> people = new ArrayList<>();

    Company(long seed) {
        var random = new Random(seed);
        for (var team : Team.values()) {
            for (var name : STAFF.getOrDefault(team, List.of())) {
                people.add(person(name, team, people.size(), random));
            }
        }
    }

    List<Person> people() {
        return List.copyOf(people);
    }

    /// The person called `name`, who must exist.
    Person person(String name) {
        return people.stream().filter(person -> person.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody is called " + name));
    }

    private static Person person(String name, Team team, int number, Random random) {
        var login = name.toLowerCase(Locale.ROOT).replace(' ', '.');
        var account = uuid(random);
        var person = new Person(name, login, team, ZoneId.of(ZONES.get(number % ZONES.size())), account,
                "user_01" + account.replace("-", "").substring(0, 22), HABITS.get((number * 7 + number / 10) % HABITS.size()), NOWHERE);
        return person.with(machine(person, number, random));
    }

    private static final Machine NOWHERE = new Machine(io.opentelemetry.sdk.resources.Resource.empty(), "", "", "", "");

    private static Machine machine(Person person, int number, Random random) {
        boolean mac = number % 3 != 0;
        // Two who never update: their client is older than the shipped policy allows.
        var version = number == 17 || number == 44 ? "2.1.271" : VERSIONS.get(random.nextInt(VERSIONS.size()));
        var terminal = mac ? List.of("iTerm.app", "vscode", "ghostty").get(random.nextInt(3)) : List.of("vscode", "tmux").get(random.nextInt(2));
        return Machine.of(person, mac ? "darwin" : "linux", mac ? "25.1.0" : "6.14.0-37-generic", mac ? "arm64" : "amd64", version,
                digest(random), terminal);
    }

    static String uuid(Random random) {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /// 64 hexadecimal digits, as the client names an installation.
    static String digest(Random random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
