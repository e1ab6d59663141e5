package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rules of the books, said a second time and as plainly as can be: without batches, locks or
 * queues, and without a thought for speed. It sees everything and says in words what comes of a
 * command.
 */
final class NaiveLedger {
  /** An account; its floor is null where there is none. */
  static final class Account {
    final AccountRef ref;
    final BigInteger floor;
    HolderStatus status = HolderStatus.ACTIVE;
    BigInteger balance = BigInteger.ZERO;
    BigInteger overdrawn = BigInteger.ZERO;
    long sequence;

    Account(AccountRef ref, long floor) {
      this.ref = ref;
      this.floor = ref.kind() == AccountKind.SYSTEM ? null : BigInteger.valueOf(floor);
    }
  }

  /** A lot; its issuer is null where nobody has issued it. */
  static final class Lot {
    final LotId id;
    final BigInteger amount;
    final Instant createdAt;
    final Optional<Instant> expiresAt;
    final LotRule.Issue issue;
    AccountId account;
    BigInteger remaining;
    LotStatus status = LotStatus.ACTIVE;
    Optional<Instant> maturesAt = Optional.empty();
    Optional<String> reference = Optional.empty();
    boolean byHold;
    Optional<HolderId> order = Optional.empty();
    Optional<HolderId> retiredFor = Optional.empty();

    Lot(
        LotId id,
        AccountId account,
        BigInteger amount,
        Instant createdAt,
        Optional<Instant> expiresAt,
        LotRule.Issue issue) {
      this.id = id;
      this.account = account;
      this.amount = amount;
      this.remaining = amount;
      this.createdAt = createdAt;
      this.expiresAt = expiresAt;
      this.issue = issue;
    }

    void retire(HolderId beneficiary) {
      remaining = BigInteger.ZERO;
      status = LotStatus.RETIRED;
      retiredFor = Optional.of(beneficiary);
    }

    boolean hasEndedBy(Instant now) {
      return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }
  }

  private record Used(TransferId transfer, IdempotencyKey key) {}

  final Map<AccountId, Account> accounts = new HashMap<>();
  final Map<LotId, Lot> lots = new HashMap<>();
  final Map<HolderId, HolderStatus> holders = new HashMap<>();
  private final Map<UUID, Used> keys = new HashMap<>();
  private final Ids ids;
  private final NaiveTakings takings;

  NaiveLedger(Ids ids) {
    this.ids = ids;
    takings = new NaiveTakings(this, ids);
  }

  /** Carries a command out, if it can be, and says what came of it. */
  String decide(TransferCommand command, Instant now) {
    Used used = command.key().map(key -> keys.get(key.digest())).orElse(null);
    if (used != null) {
      String answer = used.key().equals(command.key().get()) ? "replayed " : "conflict ";
      return answer + used.transfer().value();
    }
    for (Check check : command.intent().checks()) {
      Optional<Refusal> broken = refusal(check);
      if (broken.isPresent()) {
        return "refused " + broken.get();
      }
    }
    if (command.intent() instanceof Intent.Doomed doomed) {
      return "refused " + doomed.refusal();
    }
    var selection = new NaiveSelection(this, command.legs(), now);
    List<Leg> legs = selection.decided();
    Optional<LedgerRefusal> refusal = selection.refusal().or(() -> refusal(command, legs, now));
    if (refusal.isEmpty()) {
      use(command);
      return "posted " + post(command.id(), legs, selection, now);
    }
    boolean recorded =
        command.recordsRefusal()
            && !selection.isOne()
            && refusal.get() instanceof LedgerRefusal.InsufficientFunds;
    if (recorded) {
      use(command);
    }
    return "refused " + refusal.get() + (recorded ? " recorded" : "");
  }

  private void use(TransferCommand command) {
    command.key().ifPresent(key -> keys.put(key.digest(), new Used(command.id(), key)));
  }

  private Optional<Refusal> refusal(Check check) {
    return switch (check) {
      case Check.HolderStatusIn in ->
          unless(in.allowed().contains(orNobody(holders.get(in.holder()))), in.refusal());
      case Check.AccountStatusIn in ->
          unless(in.allowed().contains(accounts.get(in.account().id()).status), in.refusal());
      // None of the random holders carries a ceiling.
      case Check.WithinCeiling within -> Optional.empty();
    };
  }

  private static Optional<Refusal> unless(boolean holds, Refusal refusal) {
    return holds ? Optional.empty() : Optional.of(refusal);
  }

  /** No check allows for a holder who is being set up. */
  private static HolderStatus orNobody(HolderStatus status) {
    return status == null ? HolderStatus.OPENING : status;
  }

  private Optional<LedgerRefusal> refusal(TransferCommand command, List<Leg> legs, Instant now) {
    List<LedgerRefusal> found = new ArrayList<>();
    for (AccountRef payer : payers(legs)) {
      legsOf(payer, legs).forEach(leg -> refusalOfLot(leg).ifPresent(found::add));
      if (found.isEmpty()) {
        refusalOfPayer(payer, legs, now).ifPresent(found::add);
      }
    }
    if (found.isEmpty()) {
      refusalOfRange(legs, command.balanceLimit()).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      refusalOfIds(legs).ifPresent(found::add);
    }
    return found.stream().findFirst();
  }

  private Optional<LedgerRefusal> refusalOfLot(Leg leg) {
    if (!(leg.lots() instanceof LotRule.Named named)) {
      return Optional.empty();
    }
    Lot lot = lots.get(named.lot());
    if (lot == null) {
      return Optional.of(new LedgerRefusal.LotUnknown(named.lot()));
    } else if (!lot.account.equals(leg.debit().id())) {
      return Optional.of(new LedgerRefusal.LotNotHeld(lot.id));
    } else if (lot.issue == null || !lot.issue.issuer().equals(named.issuer())) {
      return Optional.of(new LedgerRefusal.LotIssuerMismatch(lot.id));
    } else if (lot.status != LotStatus.ACTIVE) {
      return Optional.of(new LedgerRefusal.LotUnavailable(lot.id, lot.status));
    } else if (lot.remaining.compareTo(leg.amount().units()) < 0) {
      return Optional.of(
          new LedgerRefusal.LotTooSmall(lot.id, new Amount(lot.remaining), leg.amount()));
    }
    return Optional.empty();
  }

  private static Set<AccountRef> payers(List<Leg> legs) {
    var payers = new LinkedHashSet<AccountRef>();
    legs.forEach(leg -> payers.add(leg.debit()));
    return payers;
  }

  private static List<Leg> legsOf(AccountRef payer, List<Leg> legs) {
    return legs.stream().filter(leg -> leg.debit().equals(payer)).toList();
  }

  private static BigInteger sum(List<Leg> legs) {
    return legs.stream().map(leg -> leg.amount().units()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static boolean isNamed(Leg leg) {
    return leg.lots() instanceof LotRule.Named;
  }

  private static boolean takesCertainLots(Leg leg) {
    return isNamed(leg) || leg.lots() instanceof LotRule.Selected;
  }

  private Optional<LedgerRefusal> refusalOfPayer(AccountRef payer, List<Leg> all, Instant now) {
    List<Leg> legs = legsOf(payer, all);
    BigInteger total = sum(legs);
    if (total.toString().length() > Amount.MAX_DIGITS) {
      return Optional.of(new LedgerRefusal.BalanceOutOfRange(payer));
    }
    BigInteger available = available(accounts.get(payer.id()), legs.getFirst(), now);
    if (payer.kind() == AccountKind.SYSTEM
        || legs.stream().anyMatch(NaiveLedger::takesCertainLots)
        || total.compareTo(available) <= 0) {
      return Optional.empty();
    } else if (legs.stream().noneMatch(Leg::mayOverdraw)) {
      return Optional.of(
          new LedgerRefusal.InsufficientFunds(payer, new Amount(available), new Amount(total)));
    }
    BigInteger overdrawn = total.subtract(available);
    return overdrawn.toString().length() > Amount.MAX_DIGITS
        ? Optional.of(new LedgerRefusal.BalanceOutOfRange(payer))
        : Optional.empty();
  }

  private BigInteger available(Account account, Leg leg, Instant now) {
    return switch (account.ref.kind()) {
      case SYSTEM -> BigInteger.ZERO;
      case SIMPLE -> account.balance.subtract(account.floor);
      case LOT ->
          payable(account.ref.id(), leg, now).stream()
              .map(lot -> lot.remaining)
              .reduce(account.overdrawn.negate(), BigInteger::add);
    };
  }

  private List<Lot> payable(AccountId account, Leg leg, Instant now) {
    return leg.lots() instanceof LotRule.Oldest rule
        ? chosen(account, rule.choice())
        : oldest(account, now);
  }

  /** The lots of an issuer's that come into question, the oldest first. */
  private List<Lot> chosen(AccountId account, LotRule.Choice choice) {
    return lots.values().stream()
        .filter(lot -> lot.account.equals(account) && lot.remaining.signum() > 0)
        .filter(lot -> lot.issue != null && lot.issue.issuer().equals(choice.issuer()))
        .filter(lot -> choice.year().isEmpty() || choice.year().get() == yearOf(lot))
        .filter(lot -> choice.order().isEmpty() || choice.order().equals(lot.order))
        .sorted(
            Comparator.comparing((Lot lot) -> lot.createdAt)
                .thenComparing(lot -> lot.issue.producedOn())
                .thenComparing(lot -> lot.issue.serialFrom())
                .thenComparing(lot -> lot.id.value().toString()))
        .toList();
  }

  private static int yearOf(Lot lot) {
    return lot.issue.producedOn().getYear();
  }

  /** The lots that an account could pay from, in the order of their ages, then of their ids. */
  List<Lot> oldest(AccountId account, Instant now) {
    return lots.values().stream()
        .filter(lot -> lot.account.equals(account) && lot.remaining.signum() > 0)
        .filter(lot -> isHeld(account) || !lot.hasEndedBy(now))
        .sorted(
            Comparator.comparing((Lot lot) -> lot.createdAt)
                .thenComparing(lot -> lot.id.value().toString()))
        .toList();
  }

  private boolean isHeld(AccountId account) {
    return accounts.get(account).ref.bucket() == Bucket.HELD;
  }

  private Optional<LedgerRefusal> refusalOfRange(List<Leg> legs, Amount most) {
    var balances = new HashMap<AccountId, BigInteger>();
    accounts.forEach((id, account) -> balances.put(id, account.balance));
    var changes = new ArrayList<Map.Entry<AccountRef, BigInteger>>();
    payers(legs).forEach(p -> changes.add(Map.entry(p, sum(legsOf(p, legs)).negate())));
    legs.forEach(leg -> changes.add(Map.entry(leg.credit(), leg.amount().units())));
    for (Map.Entry<AccountRef, BigInteger> change : changes) {
      AccountRef ref = change.getKey();
      BigInteger balance = balances.merge(ref.id(), change.getValue(), BigInteger::add);
      Amount limit = ref.kind() == AccountKind.SYSTEM ? Amount.MAX : most;
      if (balance.abs().compareTo(limit.units()) > 0) {
        return Optional.of(new LedgerRefusal.BalanceOutOfRange(ref));
      }
    }
    return Optional.empty();
  }

  private Optional<LedgerRefusal> refusalOfIds(List<Leg> legs) {
    var taken = new HashSet<>(lots.keySet());
    for (Leg leg : legs) {
      for (LotId id : newIds(leg)) {
        if (!taken.add(id)) {
          return Optional.of(new LedgerRefusal.LotIdTaken(id));
        }
      }
    }
    return Optional.empty();
  }

  private List<LotId> newIds(Leg leg) {
    return switch (leg.lots()) {
      case LotRule.Automatic automatic -> List.of();
      case LotRule.Selected selected -> List.of();
      case LotRule.Issue issue -> List.of(issue.lot());
      case LotRule.Named named ->
          movesWhole(leg, named)
              ? List.of()
              : List.of(named.children().left(), named.children().right());
      case LotRule.Oldest oldest -> List.of(oldest.children().left(), oldest.children().right());
      case LotRule.Restore restore -> List.of();
    };
  }

  private boolean movesWhole(Leg leg, LotRule.Named named) {
    return lots.get(named.lot()).remaining.equals(leg.amount().units());
  }

  private List<Posting> post(
      TransferId transfer, List<Leg> legs, NaiveSelection selection, Instant now) {
    var postings = new ArrayList<Posting>();
    var arriving = new ArrayList<Lot>();
    for (AccountRef payer : payers(legs)) {
      List<Leg> its = legsOf(payer, legs);
      Account account = accounts.get(payer.id());
      if (takesSelected(its.getFirst())) {
        selection.take();
        postings.add(post(account, sum(its).negate()));
      } else {
        postings.add(pay(transfer, account, its, arriving, now));
      }
    }
    for (Leg leg : legs) {
      Account payee = accounts.get(leg.credit().id());
      if (takesSelected(leg) && payee.ref.kind() == AccountKind.LOT) {
        selection.bring(payee, ids);
        postings.add(post(payee, leg.amount().units()));
      } else {
        postings.add(receive(payee, leg, now));
      }
    }
    arriving.forEach(lot -> lots.put(lot.id, lot));
    return postings;
  }

  private static boolean takesSelected(Leg leg) {
    return leg.lots() instanceof LotRule.Selected && leg.debit().kind() != AccountKind.SYSTEM;
  }

  private Posting pay(
      TransferId transfer, Account payer, List<Leg> legs, List<Lot> arriving, Instant now) {
    BigInteger total = sum(legs);
    if (payer.ref.kind() == AccountKind.LOT && isNamed(legs.getFirst())) {
      legs.forEach(leg -> useNamed(leg, (LotRule.Named) leg.lots(), arriving));
    } else if (legs.getFirst().lots() instanceof LotRule.Oldest rule) {
      useOldest(legs.getFirst(), rule, arriving);
    } else if (payer.ref.kind() == AccountKind.LOT) {
      BigInteger unpaid = total;
      for (Lot lot : oldest(payer.ref.id(), now)) {
        BigInteger part = unpaid.min(lot.remaining);
        lot.remaining = lot.remaining.subtract(part);
        unpaid = unpaid.subtract(part);
        takings.note(transfer, lot, part);
      }
      payer.overdrawn = payer.overdrawn.add(unpaid);
    } else if (payer.ref.kind() == AccountKind.SIMPLE) {
      BigInteger below = payer.floor.subtract(payer.balance.subtract(total));
      payer.overdrawn = payer.overdrawn.max(below);
    }
    return post(payer, total.negate());
  }

  private void useNamed(Leg leg, LotRule.Named named, List<Lot> arriving) {
    use(lots.get(named.lot()), leg, leg.amount().units(), named.children(), named.use(), arriving);
  }

  private void useOldest(Leg leg, LotRule.Oldest rule, List<Lot> arriving) {
    BigInteger open = leg.amount().units();
    for (Lot lot : chosen(leg.debit().id(), rule.choice())) {
      BigInteger part = open.min(lot.remaining);
      if (part.signum() > 0) {
        use(lot, leg, part, rule.children(), rule.use(), arriving);
      }
      open = open.subtract(part);
    }
  }

  /** The lots that come of it are there for others only when the command is done. */
  private void use(
      Lot lot,
      Leg leg,
      BigInteger part,
      LotRule.Children children,
      LotRule.Use use,
      List<Lot> arriving) {
    Lot used = lot;
    if (part.compareTo(lot.remaining) < 0) {
      BigInteger rest = lot.remaining.subtract(part);
      used = child(lot, children.left(), part, 0);
      arriving.add(child(lot, children.right(), rest, part.longValueExact()));
      lot.remaining = BigInteger.ZERO;
      lot.status = LotStatus.SPLIT;
    }
    if (use instanceof LotRule.Use.Retire(HolderId beneficiary)) {
      used.retire(beneficiary);
    } else {
      lots.remove(used.id);
      used.account = leg.credit().id();
    }
    if (use instanceof LotRule.Use.Deliver(HolderId order)) {
      used.order = Optional.of(order);
    }
    arriving.add(used);
  }

  private static Lot child(Lot lot, LotId id, BigInteger amount, long before) {
    var issue =
        new LotRule.Issue(
            id,
            lot.issue.issuer(),
            lot.issue.register(),
            lot.issue.origin(),
            lot.issue.serialFrom() + before,
            lot.createdAt,
            lot.issue.producedOn());
    var child = new Lot(id, lot.account, amount, lot.createdAt, lot.expiresAt, issue);
    child.order = lot.order;
    return child;
  }

  private Posting receive(Account payee, Leg leg, Instant now) {
    if (leg.lots() instanceof LotRule.Restore rule) {
      takings.giveBack(rule, leg.amount().units(), payee, now);
      return post(payee, leg.amount().units());
    }
    BigInteger repaid = isNamed(leg) ? BigInteger.ZERO : payee.overdrawn.min(leg.amount().units());
    payee.overdrawn = payee.overdrawn.subtract(repaid);
    if (payee.ref.kind() == AccountKind.LOT && !isNamed(leg)) {
      Lot lot =
          switch (leg.lots()) {
            case LotRule.Issue issue ->
                new Lot(
                    issue.lot(),
                    payee.ref.id(),
                    leg.amount().units(),
                    issue.issuedAt(),
                    Optional.empty(),
                    issue);
            case LotRule.Automatic rule ->
                new Lot(
                    new LotId(ids.next()),
                    payee.ref.id(),
                    leg.amount().units(),
                    now,
                    rule.expiresAt(),
                    null);
            case LotRule.Named named -> throw new AssertionError();
            case LotRule.Oldest oldest -> throw new AssertionError();
            case LotRule.Restore restore -> throw new AssertionError();
            case LotRule.Selected selected -> throw new AssertionError();
          };
      if (leg.lots() instanceof LotRule.Automatic rule) {
        lot.maturesAt = rule.marks().maturesAt();
        lot.reference = rule.marks().reference();
      }
      lot.remaining = lot.amount.subtract(repaid);
      lots.put(lot.id, lot);
    }
    return post(payee, leg.amount().units());
  }

  private static Posting post(Account account, BigInteger change) {
    account.balance = account.balance.add(change);
    account.sequence++;
    return new Posting(
        account.ref.id(), account.sequence, new Amount(change), new Amount(account.balance));
  }

  /** Everything there is, to compare with what the database would hold. */
  Map<UUID, String> state() {
    var state = new TreeMap<UUID, String>();
    accounts.forEach(
        (id, a) -> state.put(id.value(), "%s %s %d".formatted(a.balance, a.overdrawn, a.sequence)));
    lots.forEach(
        (id, l) ->
            state.put(
                id.value(),
                "%s of %s %s, %s, from %d, %s %s %s, %s %s"
                    .formatted(
                        l.remaining,
                        l.amount,
                        l.account.value(),
                        l.status,
                        l.issue == null ? -1 : l.issue.serialFrom(),
                        l.maturesAt,
                        l.reference,
                        l.byHold,
                        l.order,
                        l.retiredFor)));
    return state;
  }
}
