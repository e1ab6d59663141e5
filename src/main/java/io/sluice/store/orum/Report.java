package io.sluice.store.orum;

import io.sluice.ledger.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a report tells of. Its rows are those of the books, which never change; all that is kept of
 * it is how far each account had come when it was made.
 *
 * @param subledger the reference of the one that it is about; there where its scope is one
 * @param from the first moment of its time
 * @param to the first moment after it
 */
public record Report(
    TenantId tenant,
    UUID id,
    Scope scope,
    Optional<String> subledger,
    Instant from,
    Instant to,
    Instant createdAt) {
  /** Whose money a report is about. The order is that of the codes in the database. */
  public enum Scope {
    TOTAL,
    ENTERPRISE,
    SUBLEDGER;

    private static final Scope[] BY_CODE = values();

    /** The stable number in the database, 0 to 2. */
    short code() {
      return (short) ordinal();
    }

    static Scope ofCode(int code) {
      return BY_CODE[code];
    }
  }

  /**
   * The part of an account's postings that a report tells of.
   *
   * @param account the account's number
   * @param after the sequence before the first
   * @param last the sequence of the last
   */
  public record Stretch(long account, long after, long last) {}

  /**
   * An effect on a balance.
   *
   * @param balance what was available afterwards
   */
  public record Line(
      UUID transfer,
      String kind,
      String detail,
      Instant at,
      long sequence,
      boolean debit,
      BigInteger amount,
      BigInteger balance) {}
}
