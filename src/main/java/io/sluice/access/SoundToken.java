package io.sluice.access;

import java.time.Instant;
import java.util.UUID;

/**
 * What a token says, in claims that hold together. Its signature and its standing are other
 * questions.
 */
record SoundToken(TokenClaims claims, UUID id, Instant issuedAt) {}
