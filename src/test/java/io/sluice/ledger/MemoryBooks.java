package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the database does for the ledger, in memory: it reads exactly what commands say they need,
 * and takes what a batch changed. Each reading gives new objects, as reading rows does.
 */
final class MemoryBooks {
  private record AccountRow(
      AccountRef ref, Optional<Amount> floor, Amount balance, Amount overdrawn, long sequence) {}

  private record LotRow(
      LotId id,
      AccountId account,
      Amount amount,
      Amount remaining,
      LotStatus status,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<LotState.Issue> issue,
      LotMarks marks,
      Optional<LotId> parent,
      Optional<LotState.Delivery> delivery,
      Optional<LotState.Retirement> retirement) {}

  private record MovementKey(TransferId transfer, LotId lot, AccountId account) {}

  private static final Comparator<LotRow> OLDEST_FIRST =
      Comparator.comparing(LotRow::createdAt).thenComparing(lot -> lot.id().value().toString());

  private final Map<AccountId, AccountRow> accounts = new HashMap<>();
  private final Map<LotId, LotRow> lots = new HashMap<>();
  private final Map<UUID, Prior> keys = new HashMap<>();
  private final Map<TransferId, List<LotMovement>> movements = new HashMap<>();

  void open(AccountRef ref, long floor) {
    Optional<Amount> lowest =
        ref.kind() == AccountKind.SYSTEM ? Optional.empty() : Optional.of(Amount.of(floor));
    accounts.put(ref.id(), new AccountRow(ref, lowest, Amount.ZERO, Amount.ZERO, 0));
  }

  /** Lots that were issued, whatever became of them. */
  List<LotId> issuedLots() {
    return lots.values().stream()
        .filter(lot -> lot.issue().isPresent())
        .sorted(OLDEST_FIRST)
        .map(LotRow::id)
        .toList();
  }

  /** Lots that nobody has issued, whatever became of them. */
  List<LotId> plainLots() {
    return lots.values().stream()
        .filter(lot -> lot.issue().isEmpty())
        .sorted(OLDEST_FIRST)
        .map(LotRow::id)
        .toList();
  }

  AccountId ownerOf(LotId lot) {
    return lots.get(lot).account();
  }

  Amount remainingOf(LotId lot) {
    return lots.get(lot).remaining();
  }

  /** Reads what a batch needs, and nothing else. */
  Books read(
      Needs needs,
      Map<AccountId, HolderStatus> statuses,
      Map<HolderId, HolderStatus> holders,
      Instant now) {
    var books = new Books(LotLimit.ALONE);
    for (AccountRef ref : needs.accounts()) {
      AccountRow row = accounts.get(ref.id());
      books.add(
          new AccountState(
              ref.id(),
              row.ref().kind(),
              statuses.get(ref.id()),
              row.floor(),
              row.balance(),
              row.overdrawn(),
              row.sequence()));
    }
    needs.keys().stream().filter(keys::containsKey).forEach(k -> books.add(k, keys.get(k)));
    needs.holders().stream()
        .filter(holders::containsKey)
        .forEach(holder -> books.add(holder, holders.get(holder)));
    for (LotId id : needs.selectedLots()) {
      Optional.ofNullable(lots.get(id)).ifPresent(row -> books.add(selected(row)));
    }
    needs.takings().forEach((transfer, owner) -> findTaken(books, transfer, owner));
    needs.lotViews().forEach(view -> walk(books, view, now));
    for (LotId id : concat(needs.newLots(), needs.lots())) {
      Optional.ofNullable(lots.get(id)).ifPresent(row -> books.add(named(row)));
    }
    needs.lotDebits().forEach((account, needed) -> walk(books, account, needed, now));
    needs.oldest().ifPresent(leg -> choose(books, leg));
    return books;
  }

  private void findTaken(Books books, TransferId transfer, AccountId owner) {
    for (LotMovement movement : movements.getOrDefault(transfer, List.of())) {
      if (movement.account().equals(owner) && movement.amount().isNegative()) {
        books.add(transfer, selected(lots.get(movement.lot())), movement.amount().negated());
      }
    }
  }

  private static List<LotId> concat(Iterable<LotId> one, Iterable<LotId> other) {
    var all = new ArrayList<LotId>();
    one.forEach(all::add);
    other.forEach(all::add);
    return all;
  }

  /**
   * The oldest lots that cover what is needed, and all that came together with the last of them: a
   * split gives a lot another id, and so another place among those of its moment, of which the
   * database would read no more than are needed.
   */
  private void walk(Books books, AccountId account, BigInteger needed, Instant now) {
    BigInteger covered = BigInteger.ZERO;
    Instant last = Instant.MIN;
    Instant expiryAt = accounts.get(account).ref().bucket().expiryAt(now);
    for (LotRow row : oldest(account, expiryAt)) {
      if (covered.compareTo(needed) >= 0 && !row.createdAt().equals(last)) {
        return;
      }
      books.enqueue(lot(row).stored());
      covered = covered.add(row.remaining().units());
      last = row.createdAt();
    }
  }

  /** The oldest that match and cover what is needed, likewise. */
  private void walk(Books books, LotView view, Instant now) {
    BigInteger covered = BigInteger.ZERO;
    Instant last = Instant.MIN;
    Instant expiryAt = view.account().bucket().expiryAt(now);
    for (LotRow row : oldest(view.account().id(), expiryAt)) {
      if (!view.filter().takes(selected(row), expiryAt, now)) {
        continue;
      }
      if (covered.compareTo(view.needed()) >= 0 && !row.createdAt().equals(last)) {
        return;
      }
      books.add(view, selected(row));
      covered = covered.add(row.remaining().units());
      last = row.createdAt();
    }
  }

  /** The oldest that a rule chooses, as many as cover what it takes. */
  private void choose(Books books, Leg leg) {
    BigInteger covered = BigInteger.ZERO;
    for (LotRow row : chosen(leg.debit().id(), ((LotRule.Oldest) leg.lots()).choice())) {
      if (covered.compareTo(leg.amount().units()) < 0) {
        books.choose(named(row));
        covered = covered.add(row.remaining().units());
      }
    }
  }

  private List<LotRow> chosen(AccountId account, LotRule.Choice choice) {
    return lots.values().stream()
        .filter(lot -> lot.account().equals(account) && lot.remaining().isPositive())
        .filter(lot -> lot.issue().filter(i -> i.issuer().equals(choice.issuer())).isPresent())
        .filter(lot -> choice.year().map(year -> year == producedIn(lot)).orElse(true))
        .filter(
            lot ->
                choice.order().isEmpty()
                    || lot.delivery().map(LotState.Delivery::order).equals(choice.order()))
        .sorted(
            Comparator.comparing(LotRow::createdAt)
                .thenComparing(lot -> lot.issue().orElseThrow().producedOn())
                .thenComparing(lot -> lot.issue().orElseThrow().serialFrom())
                .thenComparing(lot -> lot.id().value().toString()))
        .toList();
  }

  private static int producedIn(LotRow lot) {
    return lot.issue().orElseThrow().producedOn().getYear();
  }

  private List<LotRow> oldest(AccountId account, Instant now) {
    return lots.values().stream()
        .filter(lot -> lot.account().equals(account) && lot.remaining().isPositive())
        .filter(lot -> lot.expiresAt().map(end -> end.isAfter(now)).orElse(true))
        .sorted(OLDEST_FIRST)
        .toList();
  }

  private static LotState.Builder lot(LotRow row) {
    return new LotState.Builder(row.id(), row.account())
        .amount(row.amount())
        .remaining(row.remaining())
        .createdAt(row.createdAt())
        .expiresAt(row.expiresAt());
  }

  private static LotState selected(LotRow row) {
    return lot(row)
        .status(row.status())
        .issue(row.issue())
        .marks(row.marks())
        .parent(row.parent())
        .stored();
  }

  private static LotState named(LotRow row) {
    return lot(row).status(row.status()).issue(row.issue()).delivery(row.delivery()).stored();
  }

  /** Takes what a batch changed, as far as the tables would take it. */
  void write(Books books, Changes changes) {
    assertMovementsExplain(books, changes);
    for (AccountState account : books.accounts()) {
      if (account.touched()) {
        AccountRow row = accounts.get(account.id());
        accounts.put(
            account.id(),
            new AccountRow(
                row.ref(),
                row.floor(),
                account.balance(),
                account.overdrawn(),
                account.sequence()));
      }
    }
    books.lots().stream().filter(LotState::isNew).forEach(this::insert);
    books.lots().stream().filter(l -> l.isChanged() && !l.isNew()).forEach(this::update);
    for (StoredLotMovement stored : changes.lotMovements()) {
      movements.computeIfAbsent(stored.transfer(), id -> new ArrayList<>()).add(stored.movement());
    }
    for (StoredTransfer stored : changes.transfers()) {
      stored.key().ifPresent(key -> keys.put(key.digest(), prior(stored, key)));
    }
  }

  private static Prior prior(StoredTransfer stored, IdempotencyKey key) {
    return new Prior(stored.receipt().id(), key.fingerprint(), Optional.empty());
  }

  private void insert(LotState lot) {
    LotRow row =
        new LotRow(
            lot.id(),
            lot.account(),
            lot.amount(),
            lot.remaining(),
            lot.status(),
            lot.createdAt(),
            lot.expiresAt(),
            lot.issue(),
            lot.marks(),
            lot.parent(),
            lot.delivery(),
            lot.retirement());
    assertThat(lots.put(lot.id(), row)).as("a lot of the same id").isNull();
  }

  private void update(LotState lot) {
    LotRow row = lots.get(lot.id());
    lots.put(
        lot.id(),
        new LotRow(
            row.id(),
            lot.account(),
            row.amount(),
            lot.remaining(),
            lot.status(),
            row.createdAt(),
            row.expiresAt(),
            row.issue(),
            lot.isMarked() ? lot.marks() : row.marks(),
            row.parent(),
            lot.delivery().or(row::delivery),
            lot.retirement()));
  }

  /** The movements of a lot sum to what remains, and none is there twice. */
  private void assertMovementsExplain(Books books, Changes changes) {
    var seen = new HashSet<MovementKey>();
    var sums = new HashMap<LotId, BigInteger>();
    for (StoredLotMovement stored : changes.lotMovements()) {
      LotMovement movement = stored.movement();
      var key = new MovementKey(stored.transfer(), movement.lot(), movement.account());
      assertThat(seen.add(key)).as("once: %s", key).isTrue();
      assertThat(movement.amount().isZero()).isFalse();
      sums.merge(movement.lot(), movement.amount().units(), BigInteger::add);
    }
    for (LotState lot : books.lots()) {
      BigInteger before =
          Optional.ofNullable(lots.get(lot.id()))
              .map(row -> row.remaining().units())
              .orElse(BigInteger.ZERO);
      BigInteger moved = sums.getOrDefault(lot.id(), BigInteger.ZERO);
      assertThat(lot.remaining().units()).as("lot %s", lot.id()).isEqualTo(before.add(moved));
    }
  }

  /** The same as {@link NaiveLedger#state()}. */
  Map<UUID, String> state() {
    var state = new TreeMap<UUID, String>();
    accounts.forEach(
        (id, a) ->
            state.put(id.value(), "%s %s %d".formatted(a.balance(), a.overdrawn(), a.sequence())));
    lots.forEach(
        (id, l) ->
            state.put(
                id.value(),
                "%s of %s %s, %s, from %d, %s %s %s, %s %s"
                    .formatted(
                        l.remaining(),
                        l.amount(),
                        l.account().value(),
                        l.status(),
                        l.issue().map(LotState.Issue::serialFrom).orElse(-1L),
                        l.marks().maturesAt(),
                        l.marks().reference(),
                        l.marks().byHold(),
                        l.delivery().map(LotState.Delivery::order),
                        l.retirement().map(LotState.Retirement::beneficiary))));
    return state;
  }
}
