package io.sluice.operations;

import io.sluice.dialect.ApiException;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Posting;
import io.sluice.store.Inspection.Entry;
import io.sluice.store.Lot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The legs of an entry the other way round: whoever received pays back, and what tracks lots gets
 * the very lots.
 *
 * @param lots those that the entry moved, as they are now
 */
record ReversalLegs(Entry entry, Map<LotId, Lot> lots) {
  /** What pays in the entry; one account alone. */
  AccountRef payer() {
    List<Posting> debits = postings(Amount::isNegative);
    if (debits.size() != 1) {
      throw new ApiException(AdminErrors.notReversible("Several accounts paid for it."));
    }
    return account(debits.getFirst().account());
  }

  /** At least one leg, in the order of the entry. */
  List<Leg> legs() {
    AccountRef payer = payer();
    if (lots.values().stream().anyMatch(lot -> lot.issuer().isPresent())) {
      return arrivals(payer).stream().map(arrival -> named(arrival, payer)).toList();
    }
    List<Posting> credits = postings(Amount::isPositive);
    LotRule rule = payer.kind() == AccountKind.LOT ? restored(payer, credits) : LotRule.AUTOMATIC;
    return credits.stream()
        .map(credit -> Leg.of(account(credit.account()), payer, credit.amount(), rule))
        .toList();
  }

  private List<Posting> postings(Predicate<Amount> sign) {
    return entry.transfer().receipt().postings().stream()
        .filter(posting -> sign.test(posting.amount()))
        .toList();
  }

  private AccountRef account(AccountId id) {
    return entry.named().accounts().get(id).ref();
  }

  /** What has stayed of a lot that was split has come to its payer anew. */
  private List<LotMovement> arrivals(AccountRef payer) {
    return entry.lots().stream()
        .filter(moved -> moved.amount().isPositive() && !moved.account().equals(payer.id()))
        .toList();
  }

  /** The lot goes back whole, or not at all: it is one of a registered issue. */
  private Leg named(LotMovement arrival, AccountRef payer) {
    HolderId issuer = lots.get(arrival.lot()).issuer().orElseThrow();
    var never = new LotRule.Children(new LotId(UUID.randomUUID()), new LotId(UUID.randomUUID()));
    var rule = new LotRule.Named(arrival.lot(), issuer, never);
    return Leg.of(account(arrival.account()), payer, arrival.amount(), rule);
  }

  /** What was overdrawn came out of no lot, and lots do not come back from several accounts. */
  private LotRule restored(AccountRef payer, List<Posting> credits) {
    Optional<Amount> taken =
        entry.lots().stream()
            .filter(moved -> moved.account().equals(payer.id()))
            .map(moved -> moved.amount().negated())
            .reduce(Amount::plus);
    if (credits.size() != 1 || !taken.equals(Optional.of(credits.getFirst().amount()))) {
      throw new ApiException(
          AdminErrors.notReversible(
              "Its lots went to several accounts, or were overdrawn: adjust the balances."));
    }
    return new LotRule.Restore(entry.transfer().receipt().id());
  }
}
