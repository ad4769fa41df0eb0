package io.trailwarden.demo;

import java.time.ZoneId;

/// Somebody who works there.
///
/// @param login also the part of the e-mail address before the @
/// @param account account of Claude, a UUID
/// @param accountId the same account, as the vendor's interfaces name it
/// @param habit the permission mode that they mostly work in
record Person(String name, String login, Team team, ZoneId zone, String account, String accountId, String habit, Machine machine) {

    Person with(Machine other) {
        return new Person(name, login, team, zone, account, accountId, habit, other);
    }

    String email() {
        return login + "@" + Company.DOMAIN;
    }
}
