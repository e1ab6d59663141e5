package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.LotState;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.LotView;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Prior;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.BooksStatements.Name;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Adds to a flush the statements that lock and read one tenant's books. */
final class BooksReader {
  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  /** Later than any lot comes into being. */
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final BooksStatements statements;
  private final AccountNumbers numbers;

  BooksReader(BooksStatements statements, AccountNumbers numbers) {
    this.statements = statements;
    this.numbers = numbers;
  }

  void read(
      LockedBooks locked,
      Predicate<UUID> readsKey,
      boolean again,
      Instant now,
      List<Future<?>> flush) {
    Needs needs = locked.needs();
    // The locks come first: what is read after them is what they protect.
    lock(locked, flush);
    List<UUID> keys = new ArrayList<>();
    for (UUID key : needs.keys()) {
      if (again || readsKey.test(key)) {
        keys.add(key);
      } else {
        locked.leaveUnread(key);
      }
    }
    findKeys(locked, keys, flush);
    if (again) {
      UUID[] ids = uuids(needs.commands(), c -> c.id().value());
      query(
          locked, Name.FIND_TRANSFERS, ids, flush, row -> locked.add(PgTransferStore.stored(row)));
      // An id that is taken already may be why there is a further attempt.
      findLots(locked, needs.newLots(), flush);
    }
    if (!needs.holders().isEmpty()) {
      UUID[] ids = uuids(needs.holders(), HolderId::value);
      query(locked, Name.FIND_HOLDERS, ids, flush, row -> holder(locked, row));
    }
    // Whatever else is read of these lots is read without their marks.
    selectLots(locked, now, flush);
    findTaken(locked, flush);
    findLots(locked, needs.lots(), flush);
    if (!needs.lotDebits().isEmpty()) {
      walkLots(locked, now, flush);
    }
    needs.oldest().ifPresent(leg -> walkChosenLots(locked, leg, flush));
  }

  void open(LockedBooks locked, List<AccountRef> missing, Instant now, List<Future<?>> flush) {
    Tuple parameters =
        Tuple.of(locked.needs().tenant().value())
            .addValue(uuids(missing, a -> a.id().value()))
            .addValue(uuids(missing, a -> a.holder().value()))
            .addValue(uuids(missing, a -> a.asset().value()))
            .addValue(missing.stream().map(a -> (short) a.bucket().code()).toArray(Short[]::new))
            .addValue(missing.stream().map(a -> (short) a.kind().code()).toArray(Short[]::new))
            .addValue(utc(now));
    flush.add(statements.execute(Name.OPEN_ACCOUNTS, parameters));
    lockById(locked, missing, flush);
  }

  /** Looks keys up that are not known to be new. */
  void findKeys(LockedBooks locked, Collection<UUID> digests, List<Future<?>> flush) {
    if (!digests.isEmpty()) {
      UUID[] keys = digests.toArray(UUID[]::new);
      Arrays.sort(keys, IndexOrder.OF_UUIDS);
      query(locked, Name.FIND_KEYS, keys, flush, row -> key(locked, row));
    }
  }

  /** Looks at which accounts others have locked. */
  void findLocks(Needs needs, RowLocks locks, List<Future<?>> flush) {
    UUID[] ids = uuids(needs.accounts(), a -> a.id().value());
    for (UUID id : ids) {
      locks.expect(id);
    }
    Tuple parameters = Tuple.of(needs.tenant().value()).addValue(ids);
    query(
        Name.FIND_LOCKS, parameters, flush, row -> locks.found(row.getUUID(0), row.getBoolean(1)));
  }

  /** By their numbers where all of them are remembered. */
  private void lock(LockedBooks locked, List<Future<?>> flush) {
    Collection<AccountRef> accounts = locked.needs().accounts();
    TenantId tenant = locked.needs().tenant();
    Long[] known = new Long[accounts.size()];
    int count = 0;
    for (AccountRef account : accounts) {
      OptionalLong number = numbers.find(tenant, account.id());
      if (number.isEmpty()) {
        lockById(locked, accounts, flush);
        return;
      }
      known[count++] = number.getAsLong();
    }
    if (count > 0) {
      Arrays.sort(known);
      Tuple parameters = Tuple.of(tenant.value()).addValue(known);
      query(Name.LOCK_NUMBERED_ACCOUNTS, parameters, flush, row -> add(locked, row));
    }
  }

  private void lockById(
      LockedBooks locked, Collection<AccountRef> accounts, List<Future<?>> flush) {
    UUID[] ids = uuids(accounts, a -> a.id().value());
    query(
        locked,
        Name.LOCK_ACCOUNTS,
        ids,
        flush,
        row -> numbers.remember(locked.needs().tenant(), add(locked, row), row.getLong(8)));
  }

  private static AccountId add(LockedBooks locked, Row row) {
    AccountState account = account(row);
    locked.add(account, row.getString(7), row.getLong(8));
    return account.id();
  }

  private void findLots(LockedBooks locked, Collection<LotId> lots, List<Future<?>> flush) {
    if (!lots.isEmpty()) {
      UUID[] ids = uuids(lots, LotId::value);
      query(locked, Name.FIND_LOTS, ids, flush, row -> locked.books().add(describedLot(row)));
    }
  }

  private void selectLots(LockedBooks locked, Instant now, List<Future<?>> flush) {
    Set<LotId> named = locked.needs().selectedLots();
    if (!named.isEmpty()) {
      UUID[] ids = uuids(named, LotId::value);
      query(
          locked, Name.FIND_SELECTED_LOTS, ids, flush, row -> locked.books().add(selectedLot(row)));
    }
    List<LotView> views = List.copyOf(locked.needs().lotViews());
    walk(
        Name.WALK_ANY_LOTS, locked, views, view -> view.filter().reference().isEmpty(), now, flush);
    walk(
        Name.WALK_MARKED_LOTS,
        locked,
        views,
        view -> view.filter().reference().isPresent(),
        now,
        flush);
  }

  private void findTaken(LockedBooks locked, List<Future<?>> flush) {
    Map<TransferId, AccountId> takings = locked.needs().takings();
    if (takings.isEmpty()) {
      return;
    }
    Tuple parameters =
        Tuple.of(
            locked.needs().tenant().value(),
            uuids(takings.keySet(), TransferId::value),
            uuids(takings.values(), AccountId::value),
            locked.needs().lotsPerDebit().lots() + 1);
    query(
        Name.FIND_TAKEN_LOTS,
        parameters,
        flush,
        row ->
            locked
                .books()
                .add(
                    new TransferId(row.getUUID("transfer_id")),
                    selectedLot(row),
                    new Amount(row.getNumeric("taken").bigIntegerValue())));
  }

  private void walk(
      Name name,
      LockedBooks locked,
      List<LotView> all,
      Predicate<LotView> of,
      Instant now,
      List<Future<?>> flush) {
    List<LotView> views = all.stream().filter(of).toList();
    if (views.isEmpty()) {
      return;
    }
    Integer[] places = new Integer[views.size()];
    Arrays.setAll(places, place -> place);
    Columns columns =
        new Columns(
                false,
                locked.needs().tenant().value(),
                locked.needs().lotsPerDebit().lots() + 1,
                places)
            .uuids(views, view -> view.account().id().value())
            .texts(views, view -> view.needed().toString())
            .times(views, view -> view.account().bucket().expiryAt(now))
            .times(views, view -> view.filter().from().orElse(Instant.EPOCH))
            .times(views, view -> view.filter().to().orElse(END_OF_TIME))
            .flags(views, view -> view.filter().state() == LotFilter.State.CREDITED)
            .texts(views, view -> view.filter().reference().orElse(null));
    query(
        name,
        columns.parameters(),
        flush,
        row -> locked.books().add(views.get(row.getInteger("view")), selectedLot(row)));
  }

  private static LotState selectedLot(Row row) {
    return datedLot(row)
        .marks(
            new LotMarks(
                Optional.ofNullable(row.getOffsetDateTime(7)).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString(8)),
                row.getBoolean(9)))
        .parent(Optional.ofNullable(row.getUUID(10)).map(LotId::new))
        .stored();
  }

  private static OffsetDateTime expiryAt(LockedBooks locked, AccountId account, Instant now) {
    return utc(locked.needs().account(account).orElseThrow().bucket().expiryAt(now));
  }

  private void walkLots(LockedBooks locked, Instant now, List<Future<?>> flush) {
    var debits = locked.needs().lotDebits();
    Tuple parameters =
        Tuple.of(
            locked.needs().tenant().value(),
            uuids(debits.keySet(), AccountId::value),
            debits.values().stream().map(Object::toString).toArray(String[]::new),
            debits.keySet().stream()
                .map(id -> expiryAt(locked, id, now))
                .toArray(OffsetDateTime[]::new),
            locked.needs().lotsPerDebit().lots() + 1);
    query(Name.WALK_LOTS, parameters, flush, row -> locked.books().enqueue(queuedLot(row)));
  }

  private void walkChosenLots(LockedBooks locked, Leg leg, List<Future<?>> flush) {
    LotRule.Choice choice = ((LotRule.Oldest) leg.lots()).choice();
    LocalDate from = choice.year().map(year -> LocalDate.of(year, 1, 1)).orElse(FIRST_DAY);
    Tuple parameters =
        Tuple.of(locked.needs().tenant().value(), leg.debit().id().value())
            .addValue(choice.issuer().value())
            .addValue(from)
            .addValue(choice.year().map(year -> LocalDate.of(year, 12, 31)).orElse(LAST_DAY))
            .addValue(choice.order().map(HolderId::value).orElse(null))
            .addValue(leg.amount().toString())
            .addValue(LotLimit.ALONE.lots() + 1);
    query(
        Name.WALK_CHOSEN_LOTS, parameters, flush, row -> locked.books().choose(describedLot(row)));
  }

  private void query(
      LockedBooks locked, Name name, UUID[] ids, List<Future<?>> flush, Consumer<Row> each) {
    query(name, Tuple.of(locked.needs().tenant().value()).addValue(ids), flush, each);
  }

  /** A row that cannot be what it should be fails the flush, and with it the transaction. */
  private void query(Name name, Tuple parameters, List<Future<?>> flush, Consumer<Row> each) {
    flush.add(
        statements
            .execute(name, parameters)
            .map(
                rows -> {
                  rows.forEach(each);
                  return null;
                }));
  }

  private static AccountState account(Row row) {
    return new AccountState(
        new AccountId(row.getUUID(0)),
        AccountKind.ofCode(row.getShort(1)),
        HolderStatus.ofCode(row.getShort(2)),
        Optional.ofNullable(row.getNumeric(3)).map(n -> new Amount(n.bigIntegerValue())),
        amount(row, 4),
        amount(row, 5),
        row.getLong(6));
  }

  private static void key(LockedBooks locked, Row row) {
    var prior = new Prior(new TransferId(row.getUUID(1)), row.getUUID(2), Optional.empty());
    locked.add(row.getUUID(0), prior);
  }

  private static void holder(LockedBooks locked, Row row) {
    var holder = new HolderId(row.getUUID(0));
    locked.books().add(holder, HolderStatus.ofCode(row.getShort(1)));
    if (row.getNumeric(2) != null) {
      locked.books().add(holder, amount(row, 2));
    }
  }

  private static LotState.Builder datedLot(Row row) {
    return lot(row)
        .status(LotStatus.ofCode(row.getShort(4)))
        .createdAt(row.getOffsetDateTime(5).toInstant())
        .expiresAt(Optional.ofNullable(row.getOffsetDateTime(6)).map(OffsetDateTime::toInstant));
  }

  private static LotState describedLot(Row row) {
    Optional<LotState.Issue> issue =
        Optional.ofNullable(row.getUUID(7))
            .map(
                issuer ->
                    new LotState.Issue(
                        new HolderId(issuer),
                        row.getUUID(13),
                        row.getUUID(8),
                        row.getLong(9),
                        row.getLocalDate(10)));
    Optional<LotState.Delivery> delivery =
        Optional.ofNullable(row.getUUID(11))
            .map(by -> new LotState.Delivery(new TransferId(by), new HolderId(row.getUUID(12))));
    return datedLot(row).issue(issue).delivery(delivery).stored();
  }

  private static LotState queuedLot(Row row) {
    return lot(row)
        .createdAt(row.getOffsetDateTime(4).toInstant())
        .expiresAt(Optional.ofNullable(row.getOffsetDateTime(5)).map(OffsetDateTime::toInstant))
        .stored();
  }

  private static LotState.Builder lot(Row row) {
    return new LotState.Builder(new LotId(row.getUUID(0)), new AccountId(row.getUUID(1)))
        .amount(amount(row, 2))
        .remaining(amount(row, 3));
  }

  private static Amount amount(Row row, int column) {
    return new Amount(row.getNumeric(column).bigIntegerValue());
  }

  private static <T> UUID[] uuids(Collection<T> values, Function<T, UUID> uuid) {
    UUID[] array = new UUID[values.size()];
    int place = 0;
    for (T value : values) {
      array[place++] = uuid.apply(value);
    }
    return array;
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
