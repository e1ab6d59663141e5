package io.sluice.ledger;

import java.math.BigInteger;

/**
 * What of an account's lots is to be read for commands that select some by a filter: the oldest
 * that match, until they cover what is needed.
 *
 * @param account a lot-tracking account
 * @param filter which lots, by anything but their ids
 * @param needed how much they must hold at most: more than zero
 */
public record LotView(AccountRef account, LotFilter filter, BigInteger needed) {
  /** What tells views apart. */
  record Key(AccountId account, LotFilter filter) {}

  Key key() {
    return new Key(account.id(), filter);
  }
}
