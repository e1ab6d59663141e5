package io.sluice.store.orum;

import io.sluice.ledger.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored customer.
 *
 * @param names what lists look for
 * @param identity a fingerprint of a number that is never shown; empty where none was given
 * @param detail what the dialect shows of it, as JSON text
 * @param due when the verification that is under way may end; empty where there is none
 */
public record Customer(
    TenantId tenant,
    UUID id,
    CustomerKind kind,
    CustomerStatus status,
    String reference,
    Names names,
    Optional<UUID> identity,
    String detail,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> closedAt,
    Optional<Instant> due) {
  /**
   * Of a person the first and the last name, of anybody else the one that it has; in lower case.
   *
   * @param last empty where there is none
   */
  public record Names(String first, String last) {}

  /** The same customer with another status, from now on; whatever was due is settled. */
  public Customer withStatus(CustomerStatus other, Instant now) {
    return new Customer(
        tenant,
        id,
        kind,
        other,
        reference,
        names,
        identity,
        detail,
        createdAt,
        now,
        other == CustomerStatus.CLOSED ? Optional.of(now) : Optional.empty(),
        Optional.empty());
  }

  /** The same customer described in other words, from now on. */
  public Customer described(
      String otherReference, Names other, Optional<UUID> number, String text, Instant now) {
    return new Customer(
        tenant,
        id,
        kind,
        status,
        otherReference,
        other,
        number,
        text,
        createdAt,
        now,
        closedAt,
        due);
  }

  /** The same customer with a verification that may end at that time. */
  public Customer withDue(Optional<Instant> time) {
    return new Customer(
        tenant, id, kind, status, reference, names, identity, detail, createdAt, updatedAt,
        closedAt, time);
  }
}
