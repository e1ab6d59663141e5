package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Remembers the numbers of accounts, which never change, so that accounts can be locked by them.
 * Bounded: what is remembered takes the place of what was, and an account that is not remembered is
 * locked by its id. For one thread only.
 */
public final class AccountNumbers {
  /** Accounts that can be remembered; a power of two. Each takes 28 bytes. */
  private static final int CAPACITY = 1 << 18;

  /** Places at which an account may be, one after another. */
  private static final int WAYS = 8;

  /** No account has it. */
  private static final long UNKNOWN = 0;

  private final int[] tenants = new int[CAPACITY];
  private final long[] highs = new long[CAPACITY];
  private final long[] lows = new long[CAPACITY];
  private final long[] numbers = new long[CAPACITY];

  /** The number of an account; empty when it is not remembered. */
  OptionalLong find(TenantId tenant, AccountId account) {
    int place = place(tenant.value(), account);
    return isAt(place, tenant.value(), account)
        ? OptionalLong.of(numbers[place])
        : OptionalLong.empty();
  }

  void remember(TenantId tenant, AccountId account, long number) {
    int place = place(tenant.value(), account);
    tenants[place] = tenant.value();
    highs[place] = account.value().getMostSignificantBits();
    lows[place] = account.value().getLeastSignificantBits();
    numbers[place] = number;
  }

  /** Forgets all: something that was remembered has turned out wrong. */
  void clear() {
    Arrays.fill(numbers, UNKNOWN);
  }

  /** Where an account is, or else a place for it: a free one, or the first that it may be at. */
  private int place(int tenant, AccountId account) {
    // Ids are digests, so their bits are as good as random.
    int first = account.value().hashCode() & (CAPACITY - 1);
    int free = first;
    for (int way = WAYS - 1; way >= 0; way--) {
      int place = (first + way) & (CAPACITY - 1);
      if (isAt(place, tenant, account)) {
        return place;
      }
      free = numbers[place] == UNKNOWN ? place : free;
    }
    return free;
  }

  private boolean isAt(int place, int tenant, AccountId account) {
    return numbers[place] != UNKNOWN
        && lows[place] == account.value().getLeastSignificantBits()
        && highs[place] == account.value().getMostSignificantBits()
        && tenants[place] == tenant;
  }
}
