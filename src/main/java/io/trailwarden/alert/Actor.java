package io.trailwarden.alert;

/// Who does something to an alert.
///
/// @param name what the history says: an account's name, or `token <name>`, which no account can be called
/// @param person whether it is somebody with an account, who can own alerts
public record Actor(String name, boolean person) {

    /// Somebody signed in as `account`.
    public static Actor person(String account) {
        return new Actor(account, true);
    }

    /// A program that bears the token called `token`.
    public static Actor program(String token) {
        return new Actor("token " + token, false);
    }
}
