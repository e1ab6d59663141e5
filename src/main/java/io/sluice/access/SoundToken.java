package io.sluice.access;

import io.sluice.store.access.Backing;
import java.time.Instant;

/**
 * What a token says, in claims that hold together. Its signature and its standing are other
 * questions.
 */
record SoundToken(TokenClaims claims, Backing backing, Instant issuedAt) {}
