package io.sluice.store.access;

import io.sluice.ledger.TenantId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A credential to store; which parts are present depends on the type, as the table's checks say.
 *
 * @param name the OAuth client's id, the user's name or the organisation's id
 * @param secretHash SHA-256 of a random secret
 * @param passwordHash Argon2id of a password
 */
public record NewCredential(
    CredentialOwner owner,
    CredentialType type,
    String label,
    Optional<String> name,
    Optional<Buffer> secretHash,
    Optional<String> passwordHash,
    Set<String> scopes,
    Optional<Instant> expiresAt,
    Instant createdAt) {

  /** A random secret that stands alone. */
  public static NewCredential secret(
      CredentialOwner owner, CredentialType type, String label, Buffer hash, Instant now) {
    return new NewCredential(
        owner,
        type,
        label,
        Optional.empty(),
        Optional.of(hash),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        now);
  }

  public TenantId tenant() {
    return owner.tenant();
  }

  public UUID id() {
    return owner.id();
  }

  /** Without the hashes. */
  @Override
  public String toString() {
    return "NewCredential[" + owner + ", type=" + type + ", label=" + label + "]";
  }
}
