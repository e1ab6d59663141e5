package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command held against the books, before anything is changed: who pays how much, and can they.
 */
final class Plan {
  private final Books books;
  private final TransferCommand command;
  private final Map<AccountId, Debit> debits = new LinkedHashMap<>(4);

  /** A command whose first leg has selected what it takes. */
  Plan(Books books, TransferCommand command, Instant now, Selection selection) {
    this(books, command, now);
    debits.get(command.legs().getFirst().debit().id()).take(selection);
  }

  Plan(Books books, TransferCommand command, Instant now) {
    this.books = books;
    this.command = command;
    for (Leg leg : command.legs()) {
      debits
          .computeIfAbsent(
              leg.debit().id(),
              id -> new Debit(leg.debit(), books.account(leg.debit()), payable(leg), now))
          .add(leg);
    }
  }

  private Books.Payable payable(Leg leg) {
    return leg.lots() instanceof LotRule.Oldest ? books.chosen() : books.payable(leg.debit().id());
  }

  Collection<Debit> debits() {
    return debits.values();
  }

  /** The accounts of the postings, in their order, also of a plan that comes to nothing. */
  List<AccountId> parties() {
    var parties = new ArrayList<AccountId>(debits.size() + command.legs().size());
    parties.addAll(debits.keySet());
    command.legs().forEach(leg -> parties.add(leg.credit().id()));
    return parties;
  }

  /**
   * The first reason why the command cannot be carried out: of each account that pays, in the order
   * of the legs, first what is amiss with the lots that it is to pay with.
   */
  Optional<Refusal> refusal() {
    for (Debit debit : debits.values()) {
      Optional<Refusal> refusal = refusalOf(debit.namedLegs()).or(debit::refusal);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return balanceOutOfRange().or(this::takenId).or(this::tooManyToRestore);
  }

  /** Lots of which a batch that is shared has not read enough. */
  private Optional<Refusal> tooManyToRestore() {
    for (Leg leg : command.legs()) {
      if (leg.lots() instanceof LotRule.Restore restore && !books.hasAllTaken(restore.taken())) {
        return Optional.of(
            new LedgerRefusal.TooManyLots(leg.credit(), books.taken(restore.taken()).size()));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> refusalOf(List<Leg> namedLegs) {
    for (Leg leg : namedLegs) {
      Optional<Refusal> refusal = refusalOf(leg, (LotRule.Named) leg.lots());
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> refusalOf(Leg leg, LotRule.Named named) {
    LotState lot = books.lot(named.lot()).orElse(null);
    if (lot == null) {
      return Optional.of(new LedgerRefusal.LotUnknown(named.lot()));
    }
    if (!lot.account().equals(leg.debit().id())) {
      return Optional.of(new LedgerRefusal.LotNotHeld(lot.id()));
    }
    if (lot.issue().filter(issue -> issue.issuer().equals(named.issuer())).isEmpty()) {
      return Optional.of(new LedgerRefusal.LotIssuerMismatch(lot.id()));
    }
    if (lot.status() != LotStatus.ACTIVE) {
      return Optional.of(new LedgerRefusal.LotUnavailable(lot.id(), lot.status()));
    }
    if (leg.amount().isMoreThan(lot.remaining())) {
      return Optional.of(new LedgerRefusal.LotTooSmall(lot.id(), lot.remaining(), leg.amount()));
    }
    return Optional.empty();
  }

  /** An id for a new lot that another lot has, in these books or in this command. */
  private Optional<Refusal> takenId() {
    Set<LotId> drawn = new HashSet<>(0);
    for (Leg leg : command.legs()) {
      for (LotId id : newLots(leg)) {
        if (books.lot(id).isPresent() || !drawn.add(id)) {
          return Optional.of(new LedgerRefusal.LotIdTaken(id));
        }
      }
    }
    return Optional.empty();
  }

  private List<LotId> newLots(Leg leg) {
    return switch (leg.lots()) {
      case LotRule.Named named ->
          leg.amount().equals(books.lot(named.lot()).orElseThrow().remaining())
              ? List.of()
              : both(named.children());
      case LotRule.Oldest oldest -> both(oldest.children());
      case LotRule.Issue issue -> List.of(issue.lot());
      case LotRule.Automatic automatic -> List.of();
      case LotRule.Restore restore -> List.of();
      case LotRule.Selected selected -> List.of();
    };
  }

  private static List<LotId> both(LotRule.Children children) {
    return List.of(children.left(), children.right());
  }

  /** An account whose balance would leave the range, be it only until a later leg's credit. */
  private Optional<Refusal> balanceOutOfRange() {
    var changes = new HashMap<AccountId, BigInteger>();
    for (Debit debit : debits.values()) {
      BigInteger change = debit.total().negate();
      if (!debit.account().staysWithin(command.balanceLimit(), change)) {
        return Optional.of(new LedgerRefusal.BalanceOutOfRange(debit.ref()));
      }
      changes.put(debit.ref().id(), change);
    }
    for (Leg leg : command.legs()) {
      AccountRef ref = leg.credit();
      BigInteger change = changes.merge(ref.id(), leg.amount().units(), BigInteger::add);
      if (!books.account(ref).staysWithin(command.balanceLimit(), change)) {
        return Optional.of(new LedgerRefusal.BalanceOutOfRange(ref));
      }
    }
    return Optional.empty();
  }
}
