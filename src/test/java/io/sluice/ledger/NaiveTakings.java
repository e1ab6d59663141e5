package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What transfers took of lots, in the naive ledger's memory, and how it comes back. */
final class NaiveTakings {
  private record Taken(NaiveLedger.Lot lot, BigInteger amount) {}

  private final NaiveLedger ledger;
  private final Ids ids;
  private final Map<TransferId, List<Taken>> all = new HashMap<>();

  NaiveTakings(NaiveLedger ledger, Ids ids) {
    this.ledger = ledger;
    this.ids = ids;
  }

  void note(TransferId transfer, NaiveLedger.Lot lot, BigInteger amount) {
    all.computeIfAbsent(transfer, id -> new ArrayList<>()).add(new Taken(lot, amount));
  }

  /**
   * Gives back. Seen as one row of units, what was taken has come back from its end, as far as
   * nothing is left of it; now comes what lies before that.
   */
  void giveBack(LotRule.Restore rule, BigInteger amount, NaiveLedger.Account to, Instant now) {
    NaiveLedger.Account memo = ledger.accounts.get(rule.left().orElseThrow().id());
    BigInteger first = memo.balance.subtract(memo.floor);
    BigInteger last = first.add(amount);
    BigInteger place = BigInteger.ZERO;
    for (Taken taken : oldestFirst(rule.taken())) {
      BigInteger next = place.add(taken.amount());
      BigInteger part = next.min(last).subtract(place.max(first));
      if (part.signum() > 0) {
        giveBack(taken.lot(), part, to, now);
      }
      place = next;
    }
  }

  private List<Taken> oldestFirst(TransferId transfer) {
    return all.getOrDefault(transfer, List.of()).stream()
        .sorted(
            Comparator.comparing((Taken taken) -> taken.lot().createdAt)
                .thenComparing(taken -> taken.lot().id.value().toString()))
        .toList();
  }

  private void giveBack(NaiveLedger.Lot lot, BigInteger part, NaiveLedger.Account to, Instant now) {
    BigInteger repaid = lot.hasEndedBy(now) ? BigInteger.ZERO : to.overdrawn.min(part);
    to.overdrawn = to.overdrawn.subtract(repaid);
    BigInteger kept = part.subtract(repaid);
    if (kept.signum() == 0) {
      return;
    }
    if (lot.account.equals(to.ref.id())) {
      lot.remaining = lot.remaining.add(kept);
      lot.status = LotStatus.ACTIVE;
      return;
    }
    var again =
        new NaiveLedger.Lot(
            new LotId(ids.next()), to.ref.id(), kept, lot.createdAt, lot.expiresAt, null);
    again.maturesAt = lot.maturesAt;
    again.reference = lot.byHold ? Optional.empty() : lot.reference;
    ledger.lots.put(again.id, again);
  }
}
