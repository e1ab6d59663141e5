package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The naive ledger's view of what a command selects; nothing where it selects nothing. */
final class NaiveSelection {
  private record Taken(NaiveLedger.Lot lot, BigInteger part, boolean whole) {}

  private final NaiveLedger ledger;
  private final List<Leg> legs;
  private final Instant now;
  private final List<Taken> taken = new ArrayList<>();
  private BigInteger total = BigInteger.ZERO;

  NaiveSelection(NaiveLedger ledger, List<Leg> legs, Instant now) {
    this.ledger = ledger;
    this.legs = legs;
    this.now = now;
    if (isOne()) {
      select();
    }
  }

  boolean isOne() {
    return legs.getFirst().lots() instanceof LotRule.Selected;
  }

  private LotRule.Selected rule() {
    return (LotRule.Selected) legs.getFirst().lots();
  }

  private void select() {
    Leg leg = legs.getFirst();
    NaiveLedger.Account payer = ledger.accounts.get(leg.debit().id());
    if (leg.debit().kind() == AccountKind.SIMPLE) {
      total = payer.balance.subtract(payer.floor).min(leg.amount().units());
      return;
    }
    BigInteger wanted = leg.amount().units();
    for (NaiveLedger.Lot lot : ledger.oldest(leg.debit().id(), Instant.MIN)) {
      if (wanted.signum() > 0 && matches(lot)) {
        BigInteger part = lot.remaining.min(wanted);
        taken.add(new Taken(lot, part, part.equals(lot.remaining)));
        wanted = wanted.subtract(part);
        total = total.add(part);
      }
    }
  }

  private boolean matches(NaiveLedger.Lot lot) {
    LotFilter filter = rule().filter();
    boolean named = filter.lots().isEmpty() || filter.lots().contains(lot.id);
    boolean late = filter.from().isEmpty() || !lot.createdAt.isBefore(filter.from().get());
    boolean early = filter.to().isEmpty() || !lot.createdAt.isAfter(filter.to().get());
    boolean marked = filter.reference().isEmpty() || filter.reference().equals(lot.reference);
    return named && late && early && marked && isInState(lot, filter.state());
  }

  private boolean isInState(NaiveLedger.Lot lot, LotFilter.State state) {
    boolean held = legs.getFirst().debit().bucket() == Bucket.HELD;
    boolean ended = !held && lot.hasEndedBy(now);
    return switch (state) {
      case SPENDABLE -> !ended;
      case CREDITED -> !ended && !lot.byHold;
      case MATURED -> !ended && lot.maturesAt.isPresent() && !lot.maturesAt.get().isAfter(now);
      case EXPIRED -> ended;
    };
  }

  Optional<LedgerRefusal> refusal() {
    if (!isOne()) {
      return Optional.empty();
    }
    AccountRef payer = legs.getFirst().debit();
    LotFilter filter = rule().filter();
    if (filter.state() == LotFilter.State.SPENDABLE || filter.state() == LotFilter.State.CREDITED) {
      for (LotId id : filter.lots()) {
        NaiveLedger.Lot lot = ledger.lots.get(id);
        if (lot == null) {
          return Optional.of(new LedgerRefusal.LotUnknown(id));
        } else if (!lot.account.equals(payer.id())) {
          return Optional.of(new LedgerRefusal.LotNotHeld(id));
        }
      }
    }
    Amount wanted = legs.getFirst().amount();
    if (rule().extent() == LotRule.Extent.EXACTLY) {
      return total.equals(wanted.units())
          ? Optional.empty()
          : Optional.of(new LedgerRefusal.InsufficientFunds(payer, new Amount(total), wanted));
    }
    return total.signum() > 0
        ? Optional.empty()
        : Optional.of(new LedgerRefusal.NothingToMove(payer));
  }

  /** The legs, as they are to be carried out. */
  List<Leg> decided() {
    if (!isOne() || total.signum() <= 0) {
      return legs;
    }
    return legs.stream()
        .map(leg -> new Leg(leg.debit(), leg.credit(), new Amount(total), leg.lots(), false))
        .toList();
  }

  void take() {
    for (Taken each : taken) {
      each.lot().remaining = each.lot().remaining.subtract(each.part());
      if (rule().filter().state() == LotFilter.State.EXPIRED) {
        each.lot().status = LotStatus.EXPIRED;
      }
    }
  }

  void bring(NaiveLedger.Account payee, Ids ids) {
    for (Taken each : taken) {
      NaiveLedger.Lot lot = each.whole() ? each.lot() : part(each, payee, ids);
      lot.account = payee.ref.id();
      lot.remaining = each.part();
      mark(lot);
      boolean ended = payee.ref.bucket() != Bucket.HELD && lot.hasEndedBy(now);
      BigInteger repaid = ended ? BigInteger.ZERO : payee.overdrawn.min(lot.remaining);
      payee.overdrawn = payee.overdrawn.subtract(repaid);
      lot.remaining = lot.remaining.subtract(repaid);
    }
  }

  private NaiveLedger.Lot part(Taken from, NaiveLedger.Account payee, Ids ids) {
    NaiveLedger.Lot whole = from.lot();
    var part =
        new NaiveLedger.Lot(
            new LotId(ids.next()),
            payee.ref.id(),
            from.part(),
            whole.createdAt,
            whole.expiresAt,
            null);
    part.maturesAt = whole.maturesAt;
    part.reference = whole.reference;
    part.byHold = whole.byHold;
    ledger.lots.put(part.id, part);
    return part;
  }

  private void mark(NaiveLedger.Lot lot) {
    switch (rule().stamp()) {
      case LotRule.Stamp.Held(Optional<String> reference) -> {
        lot.byHold = true;
        lot.reference = reference.or(() -> lot.reference);
      }
      case LotRule.Stamp.Cleared cleared -> {
        lot.byHold = false;
        lot.reference = Optional.empty();
      }
      case LotRule.Stamp.Kept kept -> {
        // Nothing changes.
      }
    }
  }
}
