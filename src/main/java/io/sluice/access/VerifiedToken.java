package io.sluice.access;

import java.time.Instant;
import java.util.UUID;

/** A token whose signature and claims hold; whether it is revoked is another question. */
record VerifiedToken(TokenClaims claims, UUID id, Instant issuedAt) {}
