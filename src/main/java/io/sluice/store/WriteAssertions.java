package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotState;
import io.sluice.ledger.Posting;
import io.sluice.ledger.StoredLotMovement;
import io.sluice.ledger.StoredTransfer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what was decided against what must hold of all books, right before it is written. Whoever
 * broke it, the batch fails loudly and nothing of it is sent.
 */
final class WriteAssertions {
  private static final int NANOS_PER_MICRO = 1_000;

  private final LockedBooks locked;

  WriteAssertions(LockedBooks locked) {
    this.locked = locked;
  }

  /** PostgreSQL keeps microseconds, and a transfer is recognised by its time. */
  static void wholeMicroseconds(Instant now) {
    require(now.getNano() % NANOS_PER_MICRO == 0, "a time finer than a microsecond: ", now);
  }

  /** A posted transfer lists its postings, which sum to zero per asset; a refused one has none. */
  void transfers(List<StoredTransfer> transfers) {
    for (StoredTransfer transfer : transfers) {
      List<Posting> postings = transfer.receipt().postings();
      Object id = transfer.receipt().id();
      if (transfer.receipt().posted()) {
        require(listsItsPostings(transfer, postings), "postings other than listed of ", id);
        require(sumsToZero(postings), "value out of nothing or into it by ", id);
      } else {
        require(postings.isEmpty(), "postings of a refused transfer: ", id);
      }
    }
  }

  private static boolean listsItsPostings(StoredTransfer transfer, List<Posting> postings) {
    List<AccountId> parties = transfer.parties();
    boolean same = postings.size() >= 2 && parties.size() == postings.size();
    for (int i = 0; same && i < postings.size(); i++) {
      same = parties.get(i).equals(postings.get(i).account());
    }
    return same;
  }

  private boolean sumsToZero(List<Posting> postings) {
    if (postings.size() == 2) {
      // Nearly every transfer is one debit and one credit.
      Posting debit = postings.getFirst();
      Posting credit = postings.getLast();
      return debit.amount().units().add(credit.amount().units()).signum() == 0
          && asset(debit).equals(asset(credit));
    }
    var sums = new HashMap<AssetId, BigInteger>();
    postings.forEach(p -> sums.merge(asset(p), p.amount().units(), BigInteger::add));
    return sums.values().stream().allMatch(sum -> sum.signum() == 0);
  }

  private AssetId asset(Posting posting) {
    return row(posting.account()).ref().asset();
  }

  private LockedAccount row(AccountId account) {
    LockedAccount row = locked.account(account);
    require(row != null, "an account that is not locked: ", account);
    return row;
  }

  /**
   * The postings of each account follow its row without a gap and end where the account has come
   * to, and no other account has changed.
   *
   * @param lines all postings, those of an account together and in their order
   * @param touched how many accounts are to be updated
   */
  void chains(List<PostingLine> lines, int touched) {
    int chains = 0;
    for (int i = 0; i < lines.size(); i++) {
      Posting posting = lines.get(i).posting();
      LockedAccount row = row(posting.account());
      boolean first = i == 0 || !lines.get(i - 1).posting().account().equals(posting.account());
      if (first) {
        chains++;
        follows(row.sequence(), row.balance(), posting);
      } else {
        Posting before = lines.get(i - 1).posting();
        follows(before.sequence(), before.balance(), posting);
      }
      boolean last =
          i + 1 == lines.size() || !lines.get(i + 1).posting().account().equals(posting.account());
      require(
          !last || endsAt(row.state(), posting),
          "an account besides its postings: ",
          row.ref().id());
    }
    require(chains == touched, "accounts changed without a posting, beside ", chains);
  }

  private static void follows(long sequence, Amount balance, Posting posting) {
    require(posting.sequence() == sequence + 1, "a gap before ", posting);
    BigInteger expected = balance.units().add(posting.amount().units());
    require(posting.balance().units().equals(expected), "a wrong balance: ", posting);
  }

  private static boolean endsAt(AccountState state, Posting last) {
    return state.sequence() == last.sequence() && state.balance().equals(last.balance());
  }

  /**
   * Lots change on locked accounts only, and what moves on an account is what is posted there, save
   * what an overdraft adds or pays back.
   */
  void lots(List<StoredLotMovement> movements) {
    Map<AccountId, BigInteger> moved = HashMap.newHashMap(movements.size());
    for (StoredLotMovement stored : movements) {
      row(stored.movement().account());
      moved.merge(stored.movement().account(), stored.movement().amount().units(), BigInteger::add);
    }
    for (LockedAccount row : locked.accounts()) {
      BigInteger expected = row.state().kind() == AccountKind.LOT ? grownBy(row) : BigInteger.ZERO;
      require(
          moved.getOrDefault(row.ref().id(), BigInteger.ZERO).equals(expected),
          "lots moved otherwise than posted on ",
          row.ref().id());
    }
    for (LotState lot : locked.books().lots()) {
      require(
          !lot.isChanged() || locked.account(lot.account()) != null,
          "a lot of an account that is not locked: ",
          lot.id());
    }
  }

  /** How much more there is in lots than when the account was read. */
  private static BigInteger grownBy(LockedAccount row) {
    AccountState now = row.state();
    return now.balance()
        .units()
        .add(now.overdrawn().units())
        .subtract(row.balance().units())
        .subtract(row.overdrawn().units());
  }

  private static void require(boolean holds, String broken, Object by) {
    if (!holds) {
      throw new IllegalStateException("the books would not be whole: " + broken + by);
    }
  }
}
