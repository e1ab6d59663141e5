package io.sluice.store.access;

import io.sluice.ledger.TenantId;
import java.util.UUID;

/** Whose a credential is, and which one it is. */
public record CredentialOwner(TenantId tenant, UUID id) {}
