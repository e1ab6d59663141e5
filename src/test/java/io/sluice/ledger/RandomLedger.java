package io.sluice.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random commands for two ledgers: the one that is tested, in memory, and the naive one. */
final class RandomLedger {
  private static final int MAX_BATCH = 10;
  private static final UUID ORIGIN = new UUID(0, 9);
  private static final LotRule.Use.Retire RETIRE =
      new LotRule.Use.Retire(new HolderId(new UUID(0, 8)));

  private enum Own implements Refusal {
    HOLDER,
    ACCOUNT,
    DOOM
  }

  private final MemoryBooks memory = new MemoryBooks();
  private final NaiveLedger naive = new NaiveLedger(counter(0x7000)::next);
  private final Ids ids = counter(0x7000);
  private final Ids drawn = counter(0x7100);
  private final Map<AccountId, HolderStatus> statuses = new HashMap<>();
  private final List<HolderId> programmes =
      IntStream.range(0, 3).mapToObj(i -> new HolderId(new UUID(6, i))).toList();
  private final AccountRef mint = open(AccountKind.SYSTEM, 0);
  private final List<AccountRef> purses =
      List.of(open(AccountKind.SIMPLE, 0), open(AccountKind.SIMPLE, -50));
  private final List<AccountRef> wallets = openLots();
  private final List<AccountRef> held = beside(wallets, Bucket.HELD);
  private final List<AccountRef> deferred = beside(wallets, Bucket.DEFERRED);
  private final List<AccountRef> registries = openLots();
  private final Random random;
  private final RandomRedemptions redemptions;
  private final List<String> foretold = new ArrayList<>();
  private Instant now = TestBooks.NOW;
  private long holdersMade;

  private static Ids counter(long high) {
    long[] next = {0};
    return () -> new UUID(high, next[0]++);
  }

  private List<AccountRef> openLots() {
    return Stream.generate(() -> open(AccountKind.LOT, 0)).limit(3).toList();
  }

  private List<AccountRef> beside(List<AccountRef> accounts, Bucket bucket) {
    return accounts.stream()
        .map(a -> open(AccountRef.of(a.holder(), a.asset(), bucket, a.kind()), 0))
        .toList();
  }

  private AccountRef open(AccountKind kind, long floor) {
    var holder = new HolderId(new UUID(5, holdersMade++));
    return open(AccountRef.of(holder, TestBooks.ASSET, Bucket.AVAILABLE, kind), floor);
  }

  private AccountRef open(AccountRef ref, long floor) {
    memory.open(ref, floor);
    naive.accounts.put(ref.id(), new NaiveLedger.Account(ref, floor));
    statuses.put(ref.id(), HolderStatus.ACTIVE);
    return ref;
  }

  RandomLedger(Random random) {
    this.random = random;
    redemptions = new RandomRedemptions(random, this::open);
  }

  /** Decides some commands over what they need of the books, and writes what came of it. */
  List<String> decideABatch() {
    now = now.plusSeconds(random.nextInt(3));
    changeStatuses();
    List<TransferCommand> commands =
        chance(8)
            ? List.of(draft().to(new Intent.Move(oldest())))
            : Stream.generate(this::command).limit(1 + random.nextInt(MAX_BATCH)).toList();
    foretold.clear();
    commands.forEach(command -> foretold.add(naive.decide(command, now)));
    var needs = new Needs(Commands.TENANT, commands, LotLimit.ALONE);
    Books books = memory.read(needs, statuses, naive.holders, now);
    var changes = new Changes();
    var decider = new Decider(books, changes, ids, now);
    List<String> answers = commands.stream().map(c -> text(decider.decide(c))).toList();
    memory.write(books, changes);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).startsWith("posted")) {
        redemptions.posted(commands.get(i));
      }
    }
    return answers;
  }

  /** What the naive ledger says to the commands of the latest batch. */
  List<String> foretold() {
    return foretold;
  }

  /** Whether anything has come back of what was paid. */
  boolean hasGivenBack() {
    return redemptions.haveGivenBack();
  }

  Map<UUID, String> written() {
    return memory.state();
  }

  Map<UUID, String> foretoldState() {
    return naive.state();
  }

  private static String text(Decision decision) {
    return switch (decision) {
      case Decision.Postponed postponed -> throw new AssertionError("nobody shares these books");
      case Decision.ReplayOf replay -> "replayed " + replay.transfer().value();
      case Decision.Decided(Outcome.Posted posted) -> "posted " + posted.receipt().postings();
      case Decision.Decided(Outcome.Replayed replayed) ->
          "replayed " + replayed.receipt().id().value();
      case Decision.Decided(Outcome.Conflict conflict) -> "conflict " + conflict.existing().value();
      case Decision.Decided(Outcome.Refused refused) ->
          "refused " + refused.reason() + (refused.recorded().isPresent() ? " recorded" : "");
      case Decision.Decided(Outcome other) -> other.toString();
    };
  }

  private void changeStatuses() {
    if (chance(3)) {
      HolderStatus status = chance(2) ? HolderStatus.SUSPENDED : HolderStatus.ACTIVE;
      AccountId account = any(purses).id();
      statuses.put(account, status);
      naive.accounts.get(account).status = status;
    }
    if (chance(3)) {
      naive.holders.put(any(programmes), chance(2) ? HolderStatus.ACTIVE : HolderStatus.ARCHIVED);
    }
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private TransferCommand command() {
    return chance(8)
        ? redemptions.redeem(
            draft(), Leg.of(any(wallets), any(payees()), Amount.of(1 + random.nextInt(100))))
        : draft().to(intent());
  }

  private TransferCommand.Builder draft() {
    TransferCommand.Builder draft = Commands.command();
    if (chance(3)) {
      draft.key(Commands.key("key " + random.nextInt(30), "wish " + random.nextInt(2)));
    }
    if (chance(5)) {
      draft.balanceLimit(Amount.of(300));
    }
    if (chance(2)) {
      draft.recordsRefusal();
    }
    return draft;
  }

  private List<AccountRef> payees() {
    return List.of(mint, purses.getFirst());
  }

  private Intent intent() {
    if (chance(15)) {
      return new Intent.Doomed(chance(2) ? List.of() : List.of(holderCheck()), Own.DOOM);
    }
    List<Leg> legs = legs();
    var checks = new ArrayList<Check>();
    if (chance(6)) {
      checks.add(holderCheck());
    }
    if (chance(6)) {
      checks.add(new Check.AccountStatusIn(any(purses), Set.of(HolderStatus.ACTIVE), Own.ACCOUNT));
    }
    return new Intent.Move(checks, legs);
  }

  private Check.HolderStatusIn holderCheck() {
    return new Check.HolderStatusIn(any(programmes), Set.of(HolderStatus.ACTIVE), Own.HOLDER);
  }

  /** Legs that make sense together, which is for a dialect to see to. */
  private List<Leg> legs() {
    if (!redemptions.isEmpty() && chance(6)) {
      return redemptions.giveBack();
    }
    return chance(3) ? selective() : usual();
  }

  private List<Leg> selective() {
    var legs = new ArrayList<Leg>();
    legs.add(selected());
    if (chance(4)) {
      legs.add(automatic(mint, any(everybody()), false));
    }
    return legs;
  }

  /** A hold, a release, what has become due, or what is given up. */
  private Leg selected() {
    int of = random.nextInt(wallets.size());
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          select(wallets.get(of), held.get(of), filter(false), new LotRule.Stamp.Held(word()));
      case 2 -> select(held.get(of), wallets.get(of), filter(false), new LotRule.Stamp.Cleared());
      case 3 -> select(held.get(of), mint, filter(true), new LotRule.Stamp.Kept());
      case 4 -> due(deferred.get(of), wallets.get(of), LotFilter.State.MATURED);
      case 5 -> due(any(spenders()), mint, LotFilter.State.EXPIRED);
      default -> select(any(purses), mint, LotFilter.ANY, new LotRule.Stamp.Kept());
    };
  }

  private List<AccountRef> spenders() {
    return Stream.concat(wallets.stream(), deferred.stream()).toList();
  }

  private Leg select(AccountRef from, AccountRef to, LotFilter filter, LotRule.Stamp stamp) {
    boolean exact = chance(2);
    Amount wanted = !exact && chance(2) ? Amount.MAX : Amount.of(1 + random.nextInt(100));
    LotRule.Extent extent = exact ? LotRule.Extent.EXACTLY : LotRule.Extent.AT_MOST;
    return Leg.of(from, to, wanted, new LotRule.Selected(filter, extent, stamp));
  }

  private Leg due(AccountRef from, AccountRef to, LotFilter.State state) {
    var rule =
        new LotRule.Selected(
            LotFilter.due(someLots(), state), LotRule.Extent.AT_MOST, new LotRule.Stamp.Kept());
    return Leg.of(from, to, Amount.MAX, rule);
  }

  private LotFilter filter(boolean credited) {
    Optional<Instant> from = chance(6) ? Optional.of(now.minusSeconds(3)) : Optional.empty();
    Optional<Instant> to = chance(6) ? Optional.of(now.minusSeconds(1)) : Optional.empty();
    return new LotFilter(
        chance(5) ? someLots() : Set.of(),
        from,
        to,
        chance(3) ? word() : Optional.empty(),
        credited ? LotFilter.State.CREDITED : LotFilter.State.SPENDABLE);
  }

  private Set<LotId> someLots() {
    List<LotId> plain = memory.plainLots();
    if (plain.isEmpty() || chance(30)) {
      return Set.of(newLot());
    }
    return Stream.generate(() -> any(plain))
        .limit(1 + random.nextInt(5))
        .collect(Collectors.toSet());
  }

  private Optional<String> word() {
    return chance(3) ? Optional.empty() : Optional.of("ref " + random.nextInt(3));
  }

  private List<Leg> usual() {
    while (true) {
      List<Leg> legs = Stream.generate(this::leg).limit(1 + random.nextInt(4)).toList();
      try {
        return new Intent.Move(List.of(), legs).legs();
      } catch (IllegalArgumentException _) {
        // One of them would pay in two ways, or name a lot twice.
      }
    }
  }

  private Leg leg() {
    List<LotId> issued = memory.issuedLots();
    return switch (random.nextInt(6)) {
      case 0 -> issue();
      case 1, 2 -> issued.isEmpty() ? issue() : named(any(issued));
      case 3 -> automatic(mint, any(everybody()), false);
      case 4 -> automatic(any(registries), any(everybody()), false);
      default -> automatic(any(purchasers()), any(everybody()), chance(6));
    };
  }

  private List<AccountRef> purchasers() {
    return Stream.concat(purses.stream(), wallets.stream()).toList();
  }

  private List<AccountRef> everybody() {
    return Stream.of(purses, wallets, held, deferred, registries, List.of(mint))
        .flatMap(List::stream)
        .toList();
  }

  private Leg automatic(AccountRef from, AccountRef to, boolean mayOverdraw) {
    Optional<Instant> expiry =
        chance(4) ? Optional.of(now.plusSeconds(random.nextInt(5))) : Optional.empty();
    Optional<Instant> matures =
        deferred.contains(to) ? Optional.of(now.plusSeconds(random.nextInt(4))) : Optional.empty();
    var rule = new LotRule.Automatic(expiry, LotMarks.of(matures, word()));
    AccountRef other = from.equals(to) ? (from.equals(mint) ? any(purses) : mint) : to;
    return new Leg(from, other, amount(), rule, mayOverdraw);
  }

  private Amount amount() {
    return chance(40)
        ? new Amount(Amount.MAX.units().subtract(BigInteger.valueOf(random.nextInt(3))))
        : Amount.of(1 + random.nextInt(100));
  }

  private Leg issue() {
    List<LotId> issued = memory.issuedLots();
    LotId id = !issued.isEmpty() && chance(12) ? any(issued) : newLot();
    var rule =
        new LotRule.Issue(
            id,
            TestBooks.ISSUER,
            TestBooks.REGISTER,
            ORIGIN,
            random.nextInt(1_000),
            TestBooks.ISSUED_AT.plusSeconds(random.nextInt(3)),
            TestBooks.PRODUCED.minusYears(random.nextInt(2)));
    return Leg.of(mint, any(registries), Amount.of(1 + random.nextInt(100)), rule);
  }

  /** Most often as it should be; at times the lot, its owner, its issuer or an id is wrong. */
  private Leg named(LotId lot) {
    AccountRef owner =
        registries.stream()
            .filter(r -> r.id().equals(memory.ownerOf(lot)) && !chance(12))
            .findFirst()
            .orElse(registries.getFirst());
    AccountRef to = registries.get((registries.indexOf(owner) + 1 + random.nextInt(2)) % 3);
    long size = memory.remainingOf(lot).units().longValueExact();
    Amount amount =
        Amount.of(chance(2) ? Math.max(1, size) : 1 + random.nextLong(Math.max(1, size + 1)));
    HolderId issuer = chance(20) ? any(programmes) : TestBooks.ISSUER;
    LotId left = chance(20) ? lot : newLot();
    LotId right = chance(20) ? left : newLot();
    var parts = new LotRule.Children(left, right);
    LotId any = chance(20) ? newLot() : lot;
    if (chance(5)) {
      return Leg.of(owner, mint, amount, new LotRule.Named(any, issuer, parts, RETIRE));
    }
    LotRule.Use use = chance(3) ? new LotRule.Use.Deliver(any(programmes)) : LotRule.Use.MOVE;
    return Leg.of(owner, to, amount, new LotRule.Named(any, issuer, parts, use));
  }

  /** Uses up the oldest of a registry's lots, or of those of one year or under one order. */
  private Leg oldest() {
    var choice =
        new LotRule.Choice(
            chance(20) ? any(programmes) : TestBooks.ISSUER,
            chance(3)
                ? Optional.of(TestBooks.PRODUCED.getYear() - random.nextInt(2))
                : Optional.empty(),
            chance(4) ? Optional.of(any(programmes)) : Optional.empty());
    LotId left = newLot();
    var children = new LotRule.Children(left, chance(20) ? left : newLot());
    Amount amount = Amount.of(1 + random.nextInt(150));
    return Leg.of(any(registries), mint, amount, new LotRule.Oldest(choice, children, RETIRE));
  }

  private LotId newLot() {
    return new LotId(drawn.next());
  }
}
