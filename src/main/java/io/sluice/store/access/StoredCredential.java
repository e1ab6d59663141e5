package io.sluice.store.access;

import io.sluice.ledger.CredentialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What may be shown of a credential: everything but the secret. */
public record StoredCredential(
    UUID id,
    CredentialNumber number,
    String label,
    Optional<String> name,
    List<String> scopes,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {}
