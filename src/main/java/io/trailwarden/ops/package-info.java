/// The program around it all: command line, configuration check, first run, start-up report, health.
@NullMarked
package io.trailwarden.ops;

import org.jspecify.annotations.NullMarked;
