package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** One tenant's books made by hand, and a decider over them. All accounts are of one asset. */
final class TestBooks {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final AssetId ASSET = new AssetId(new UUID(0, 7));
  static final HolderId ISSUER = new HolderId(new UUID(0, 8));
  static final UUID REGISTER = new UUID(0, 6);
  static final long FIRST_SERIAL = 1_000;
  static final LocalDate PRODUCED = LocalDate.of(2025, 6, 1);
  static final Instant ISSUED_AT = Instant.parse("2025-07-01T00:00:00Z");

  private final Books books;
  private final Changes changes = new Changes();
  private final List<AccountRef> opened = new ArrayList<>();
  private final Decider decider;
  private long ids;

  TestBooks() {
    this(LotLimit.ALONE);
  }

  TestBooks(LotLimit limit) {
    books = new Books(limit);
    decider = new Decider(books, changes, this::nextId, NOW);
  }

  UUID nextId() {
    return new UUID(0x7000, ids++);
  }

  LotId newLot() {
    return new LotId(nextId());
  }

  Books books() {
    return books;
  }

  Changes changes() {
    return changes;
  }

  /** An account of a new holder's that nobody has opened. */
  AccountRef unopened(AccountKind kind) {
    return AccountRef.of(new HolderId(nextId()), ASSET, Bucket.AVAILABLE, kind);
  }

  AccountRef open(AccountRef account, HolderStatus status, Amount balance, Amount floor) {
    return open(account, status, balance, floor, Amount.ZERO);
  }

  private AccountRef open(
      AccountRef account, HolderStatus status, Amount balance, Amount floor, Amount overdrawn) {
    boolean system = account.kind() == AccountKind.SYSTEM;
    books.add(
        new AccountState(
            account.id(),
            account.kind(),
            status,
            system ? Optional.empty() : Optional.of(floor),
            balance,
            overdrawn,
            0));
    opened.add(account);
    return account;
  }

  AccountRef system() {
    return system(Amount.ZERO);
  }

  AccountRef system(Amount balance) {
    return open(unopened(AccountKind.SYSTEM), HolderStatus.ACTIVE, balance, Amount.ZERO);
  }

  AccountRef simple(long balance) {
    return simple(Amount.of(balance));
  }

  AccountRef simple(Amount balance) {
    return open(unopened(AccountKind.SIMPLE), HolderStatus.ACTIVE, balance, Amount.ZERO);
  }

  AccountRef simple(HolderStatus status) {
    return open(unopened(AccountKind.SIMPLE), status, Amount.of(100), Amount.ZERO);
  }

  AccountRef simple(long balance, long floor, long overdrawn) {
    return open(
        unopened(AccountKind.SIMPLE),
        HolderStatus.ACTIVE,
        Amount.of(balance),
        Amount.of(floor),
        Amount.of(overdrawn));
  }

  /** A LOT account without lots that is overdrawn so far. */
  AccountRef overdrawn(long overdrawn) {
    return open(
        unopened(AccountKind.LOT),
        HolderStatus.ACTIVE,
        Amount.of(-overdrawn),
        Amount.ZERO,
        Amount.of(overdrawn));
  }

  /** A LOT account of plain lots without an end, the oldest first. */
  AccountRef inLots(long... sizes) {
    AccountRef account = lotAccount(Arrays.stream(sizes).sum());
    long day = sizes.length;
    for (long size : sizes) {
      queue(account, size, Duration.ofDays(day--), Optional.empty());
    }
    return account;
  }

  /** A LOT account with a balance, whose lots are yet to be added. */
  AccountRef lotAccount(long balance) {
    return open(unopened(AccountKind.LOT), HolderStatus.ACTIVE, Amount.of(balance), Amount.ZERO);
  }

  /** Adds a plain lot to the end of an account's queue. */
  LotId queue(AccountRef account, long size, Duration age, Optional<Instant> expiresAt) {
    LotState lot =
        new LotState.Builder(newLot(), account.id())
            .amount(Amount.of(size))
            .createdAt(NOW.minus(age))
            .expiresAt(expiresAt)
            .stored();
    books.enqueue(lot);
    return lot.id();
  }

  /** Adds a lot of {@link #ISSUER} that commands name. */
  LotId register(AccountRef account, long size) {
    LotState lot = registered(account, size).stored();
    books.add(lot);
    return lot.id();
  }

  LotState.Builder registered(AccountRef account, long size) {
    return new LotState.Builder(newLot(), account.id())
        .amount(Amount.of(size))
        .createdAt(NOW.minus(Duration.ofDays(1)))
        .issue(
            Optional.of(
                new LotState.Issue(ISSUER, REGISTER, new UUID(0, 9), FIRST_SERIAL, PRODUCED)));
  }

  /** A leg that moves a named lot, or a part of it. */
  Leg named(LotId lot, AccountRef from, AccountRef to, long amount) {
    return named(lot, from, to, amount, newLot(), newLot());
  }

  static Leg named(
      LotId lot, AccountRef from, AccountRef to, long amount, LotId left, LotId right) {
    var rule = new LotRule.Named(lot, ISSUER, new LotRule.Children(left, right));
    return Leg.of(from, to, Amount.of(amount), rule);
  }

  /** A leg that brings a registered lot into being. */
  static Leg issue(LotId lot, AccountRef from, AccountRef to, long amount) {
    var rule =
        new LotRule.Issue(lot, ISSUER, REGISTER, new UUID(0, 9), FIRST_SERIAL, ISSUED_AT, PRODUCED);
    return Leg.of(from, to, Amount.of(amount), rule);
  }

  Decision decide(TransferCommand command) {
    return decider.decide(command);
  }

  Outcome outcome(TransferCommand command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Decided.class);
    return ((Decision.Decided) decision).outcome();
  }

  Receipt post(Leg... legs) {
    return posted(outcome(Commands.move(legs)));
  }

  static Receipt posted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    return ((Outcome.Posted) outcome).receipt();
  }

  Refusal refuse(Leg... legs) {
    return refused(outcome(Commands.move(legs))).reason();
  }

  static Outcome.Refused refused(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return (Outcome.Refused) outcome;
  }

  AccountState state(AccountRef account) {
    return books.account(account);
  }

  String balance(AccountRef account) {
    return state(account).balance().toString();
  }

  LotState lot(LotId id) {
    return books.lot(id).orElseThrow();
  }

  /** What remains in an account's lots, in the order in which they would be paid from. */
  List<String> queue(AccountRef account) {
    return books.queue(account.id()).stream()
        .filter(lot -> lot.remaining().isPositive())
        .map(lot -> lot.remaining().toString())
        .toList();
  }

  /** What the decided commands did to lots: {@code <lot's place in the list> <signed amount>}. */
  List<String> movements(LotId... lots) {
    return changes.lotMovements().stream()
        .map(StoredLotMovement::movement)
        .map(m -> Arrays.asList(lots).indexOf(m.lot()) + " " + m.amount())
        .toList();
  }

  /** Everything that a command could have changed. */
  String snapshot() {
    String accounts =
        opened.stream()
            .map(this::state)
            .map(
                a -> "%s %s %d %s".formatted(a.balance(), a.overdrawn(), a.sequence(), a.touched()))
            .collect(Collectors.joining("\n", "", "\n"));
    String lots =
        books.lots().stream()
            .map(TestBooks::text)
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"));
    String queues =
        opened.stream()
            .map(account -> books.queue(account.id()).stream().map(LotState::id).toList())
            .map(Object::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    return accounts + lots + queues + changes.transfers() + changes.lotMovements();
  }

  private static String text(LotState lot) {
    return "%s %s %s %s %s %s"
        .formatted(
            lot.id().value(),
            lot.account().value(),
            lot.remaining(),
            lot.status(),
            lot.children(),
            lot.isChanged());
  }
}
