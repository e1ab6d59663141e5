package io.sluice.loadtest;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import java.util.AbstractList;
import java.util.List;
import java.util.UUID;

/**
 * Books of a given size, each part of which can be computed from its number, so that none has to be
 * kept. What was posted came in turns: in each turn every account has one posting, half of the
 * accounts pay and the others receive, whom at random; in the next turn they pay back. So after the
 * same number of turns all accounts have the same sequence and, but for the sign, the same balance,
 * and their postings lie as far apart as in books that grew over time.
 *
 * @param asset what all accounts count
 * @param accounts how many, even
 * @param turns how many postings each account has
 */
record GrowthBooks(TenantId tenant, AssetId asset, int accounts, int turns) {
  /** Ids of 2023: the past, so that new ones follow, as time-ordered ids do. */
  private static final long FIRST_TICK = 1_700_000_000_000L << 12;

  private static final long TICK_MASK = 0xFFF;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** Far from one another, prime, and larger than half the accounts can be: see {@link #mixed}. */
  private static final long SOURCE_FACTOR = 2_654_435_761L;

  private static final long DESTINATION_FACTOR = 3_266_489_917L;

  int transfersATurn() {
    return accounts / 2;
  }

  long transfers() {
    return (long) turns * transfersATurn();
  }

  long postings() {
    return (long) turns * accounts;
  }

  HolderId holder(int number) {
    return new HolderId(new UUID(timeOrdered(number), trailing(number)));
  }

  AccountRef account(int number) {
    return AccountRef.available(holder(number), asset);
  }

  /** The leading half of the id of a transfer, or of a holder: a UUIDv7 for each number. */
  static long timeOrdered(long number) {
    long tick = FIRST_TICK + number;
    return (tick >>> 12) << 16 | VERSION_7 | (tick & TICK_MASK);
  }

  /** The trailing half, which looks random: a regular one would make the ids' hash codes equal. */
  static long trailing(long number) {
    return VARIANT | random(number) >>> 2;
  }

  /** A well mixed number for each number, the same each time (SplitMix64's last step). */
  static long random(long number) {
    long z = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** Who pays in a transfer. */
  int source(int turn, int transfer) {
    return 2 * mixed(transfer, SOURCE_FACTOR, turn) + turn % 2;
  }

  /** Who is paid. */
  int destination(int turn, int transfer) {
    return 2 * mixed(transfer, DESTINATION_FACTOR, 31 * turn) + (turn + 1) % 2;
  }

  /** Takes each of half the accounts once a turn, in an order that looks like none. */
  private int mixed(int transfer, long prime, int turn) {
    int half = transfersATurn();
    return (int) ((transfer + turn * 7_919L) % half * prime % half);
  }

  /** What each transfer of a turn moves: two turns cancel out but for a little. */
  static long amount(int turn) {
    return 100 + turn;
  }

  /** The balance of an even account after a turn; an odd one has its opposite. */
  static long evenBalance(int turn) {
    long balance = 0;
    for (int t = 0; t <= turn; t++) {
      balance += t % 2 == 0 ? -amount(t) : amount(t);
    }
    return balance;
  }

  /** The balance of any account after a turn. */
  static long balance(int number, int turn) {
    return number % 2 == 0 ? evenBalance(turn) : -evenBalance(turn);
  }

  /** All accounts, made when asked for: ten million of them would not fit a small heap. */
  List<AccountRef> accountList() {
    return new AbstractList<>() {
      @Override
      public AccountRef get(int number) {
        return account(number);
      }

      @Override
      public int size() {
        return accounts;
      }
    };
  }

  /** The ids of all ledgers, as the ledger API names them. */
  List<UUID> ledgerList() {
    return new AbstractList<>() {
      @Override
      public UUID get(int number) {
        return holder(number).value();
      }

      @Override
      public int size() {
        return accounts;
      }
    };
  }
}
