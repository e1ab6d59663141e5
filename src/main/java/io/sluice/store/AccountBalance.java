package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An account's balance as last committed.
 *
 * @param balance the sum of the account's postings
 * @param expired the part of it that sits in lots which have expired; zero for accounts without
 *     lots
 */
public record AccountBalance(
    AccountId account,
    HolderId holder,
    AssetId asset,
    Bucket bucket,
    Amount balance,
    Amount expired,
    Instant updatedAt) {
  /** The balances of holders that have one account each. */
  public static Map<HolderId, AccountBalance> byHolder(List<AccountBalance> balances) {
    return balances.stream().collect(Collectors.toMap(AccountBalance::holder, own -> own));
  }

  /** What the holder can spend, its overdraft limit left aside. */
  public Amount available() {
    return balance.minus(expired);
  }
}
