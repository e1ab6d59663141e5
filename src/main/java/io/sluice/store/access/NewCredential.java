package io.sluice.store.access;

import java.time.Instant;

/**
 * A credential to store.
 *
 * @param label names one credential of its type and tenant that is in force; a user's is its name
 * @param demo whether it is for the demo, and ends with it
 */
public record NewCredential(
    CredentialOwner owner,
    CredentialTypeName type,
    String label,
    Proof proof,
    Instant createdAt,
    boolean demo) {}
