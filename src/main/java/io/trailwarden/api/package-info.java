/// The REST interface for programs, `/api/v1`: reads the trail, alerts and books with an API token.
@NullMarked
package io.trailwarden.api;

import org.jspecify.annotations.NullMarked;
