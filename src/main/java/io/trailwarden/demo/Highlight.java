package io.trailwarden.demo;

/// Something worth looking at in the console.
///
/// @param path below the console's address, such as `people/mara.lindqvist@halden.example`
/// @param says one sentence
public record Highlight(String path, String says) {
}
