package io.sluice.ledger;

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
  /** A UUID for this posting, derived from account and sequence, for APIs that name postings. */
  public UUID id() {
    return Digest.start().add(account.value()).add(Long.toString(sequence)).toUuid();
  }
}
