/// Who sends (ingest tokens), who reads (API tokens, local accounts and their roles), and who acted.
///
/// Tokens and passwords are kept as hashes only. Start at [io.trailwarden.identity.Tokens].
@NullMarked
package io.trailwarden.identity;

import org.jspecify.annotations.NullMarked;
