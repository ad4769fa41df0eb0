/// What is looked for: all rules, what each raised lately, and for whom it is blind.
@NullMarked
package io.trailwarden.dashboard.rules;

import org.jspecify.annotations.NullMarked;
