package io.sluice.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A transfer as it is to be written.
 *
 * @param parties the accounts of its postings in order, or of the postings it would have had
 * @param key the idempotency key that it uses up
 */
public record StoredTransfer(
    Receipt receipt, List<AccountId> parties, Optional<IdempotencyKey> key) {}
