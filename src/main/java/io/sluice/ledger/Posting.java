package io.sluice.ledger;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * One signed line of a transfer.
 *
 * @param account which account
 * @param sequence 1 for the account's first posting, then without gaps
 * @param amount negative for a debit, positive for a credit
 * @param balance the account's balance right after this posting
 */
public record Posting(AccountId account, long sequence, Amount amount, Amount balance) {
  /** Marks a UUID of version 8, whose other bits mean what whoever makes it likes. */
  private static final long VERSION_8 = 0x8000L;

  private static final long VERSION_BITS = 0xF000L;

  /**
   * A UUID for this posting, for APIs that name postings: that of its account with the sequence
   * mixed in. Accounts' ids are digests, so two postings have one id as rarely as two digests are
   * the same.
   */
  public UUID id() {
    return idOf(account, sequence);
  }

  /** The id of a posting of which only its place is known. */
  public static UUID idOf(AccountId account, long sequence) {
    UUID of = account.value();
    return new UUID(high(of), of.getLeastSignificantBits() ^ sequence);
  }

  /** The sequence of an account's posting with this id; empty where no posting can have it. */
  public static OptionalLong sequenceOf(AccountId account, UUID id) {
    UUID of = account.value();
    long sequence = id.getLeastSignificantBits() ^ of.getLeastSignificantBits();
    return id.getMostSignificantBits() == high(of) && sequence > 0
        ? OptionalLong.of(sequence)
        : OptionalLong.empty();
  }

  private static long high(UUID account) {
    return account.getMostSignificantBits() & ~VERSION_BITS | VERSION_8;
  }
}
