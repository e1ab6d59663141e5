package io.sluice.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A transfer as it is to be written.
 *
 * @param parties the accounts of its postings in order, or of the postings it would have had
 * @param credential which of the tenant's credentials asked for it
 * @param key the idempotency key that it uses up
 */
public record StoredTransfer(
    Receipt receipt,
    List<AccountId> parties,
    CredentialNumber credential,
    Optional<IdempotencyKey> key) {
  /**
   * Whether this and another are one transfer and not two of the same id: they were decided at the
   * same time, made the same postings, and use the same key up. The dialect's opaque text does not
   * count.
   */
  public boolean isSameAs(StoredTransfer other) {
    Receipt own = receipt;
    Receipt others = other.receipt;
    return own.id().equals(others.id())
        && own.kind().equals(others.kind())
        && own.posted() == others.posted()
        && own.createdAt().equals(others.createdAt())
        && own.postings().equals(others.postings())
        && parties.equals(other.parties)
        && credential.equals(other.credential)
        && key.equals(other.key);
  }
}
