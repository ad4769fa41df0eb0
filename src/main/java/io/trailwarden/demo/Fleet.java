package io.trailwarden.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// All that sixty people's clients said during two weeks, up to a moment.
///
/// Made of three layers: [Work], which is ordinary and interests no rule; [Oddities], the small things of every week; and
/// [Stories], the bad days. The same seed and moment give the same records.
public final class Fleet {

    /// Domain of everybody's e-mail address.
    public static final String DOMAIN = Company.DOMAIN;
    /// The company's organisation at the vendor.
    public static final String ORGANIZATION = Company.ORGANIZATION;

    private final List<Telemetry> records = new ArrayList<>();
    private final List<Highlight> highlights;

    private Fleet(Calendar calendar, long seed, boolean eventful) {
        var company = new Company(seed);
        Consumer<Telemetry> out = record -> {
            if (record.at().isBefore(calendar.now())) {
                records.add(record);
            }
        };
        ordinary(company, calendar, seed, out);
        if (eventful) {
            new Oddities(company, calendar, seed).tell(out);
            highlights = new Stories(company, calendar, seed).tell(out);
        } else {
            highlights = List.of();
        }
        records.sort(Comparator.comparing(Telemetry::at));
    }

    /// Two weeks that end at `now`.
    public static Fleet until(Instant now, long seed) {
        return new Fleet(new Calendar(now), seed, true);
    }

    /// The same people on two weeks on which nothing happened.
    static Fleet uneventful(Instant now, long seed) {
        return new Fleet(new Calendar(now), seed, false);
    }

    /// Whether a person of this name is one of the invented ones.
    public static boolean isInvented(String person) {
        return person.endsWith("@" + DOMAIN);
    }

    /// How many records.
    public int size() {
        return records.size();
    }

    /// Where somebody who sees this for the first time should look.
    public List<Highlight> highlights() {
        return highlights;
    }

    /// All records, oldest first.
    List<Telemetry> records() {
        return List.copyOf(records);
    }

    private static void ordinary(Company company, Calendar calendar, long seed, Consumer<Telemetry> out) {
        for (var person : company.people()) {
            for (var day : calendar.days()) {
                day(person, day, new Random(seed * 31 + person.login().hashCode() * 1_009L + day.toEpochDay()), out);
            }
        }
        around(company, calendar.now(), seed, out);
    }

    /// One person's day, at the hours of where they live.
    private static void day(Person person, LocalDate day, Random random, Consumer<Telemetry> out) {
        boolean away = random.nextInt(Calendar.isWeekend(day) ? 25 : 100) > (Calendar.isWeekend(day) ? 0 : 87);
        if (away) {
            return;
        }
        int sessions = Calendar.isWeekend(day) ? 1 : 1 + Math.min(5, (int) Math.round(Math.abs(random.nextGaussian()) * 1.5 + 0.2));
        var at = day.atTime(LocalTime.of(8, 15)).atZone(person.zone()).toInstant().plus(Duration.ofMinutes(random.nextInt(100)));
        var room = Duration.ofMinutes(9 * 60L / sessions);
        for (int i = 0; i < sessions; i++) {
            var start = at.plus(room.multipliedBy(i)).plus(Duration.ofSeconds(random.nextInt(40 * 60)));
            var resumed = random.nextInt(20) == 0 ? start.plus(Duration.ofMinutes(75)) : null;
            Work.session(person, start, resumed, random, out);
        }
    }

    /// Some people are at work at any hour, so that the newest records are always minutes old.
    private static void around(Company company, Instant now, long seed, Consumer<Telemetry> out) {
        var random = new Random(seed ^ 0x5eed);
        for (int i = 0; i < 9; i++) {
            var person = company.people().get((i * 13 + 5) % company.people().size());
            Work.session(person, now.minus(Duration.ofMinutes(4 + i * 6L)), null, random, out);
        }
    }
}
