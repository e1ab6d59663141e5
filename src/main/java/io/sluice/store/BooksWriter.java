package io.sluice.store;

import static io.sluice.store.BooksReader.utc;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Event;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotState;
import io.sluice.ledger.Posting;
import io.sluice.ledger.StoredLotMovement;
import io.sluice.ledger.StoredTransfer;
import io.sluice.store.BooksStatements.Name;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was decided for one tenant, found sound and about to be written. */
final class BooksWriter {
  private static final Comparator<StoredTransfer> BY_KEY =
      Comparator.comparing(BooksWriter::keyOf, Comparator.nullsLast(IndexOrder.OF_UUIDS));

  /** Sorting is stable, so the postings of an account stay in the order of their sequences. */
  private static final Comparator<PostingLine> BY_ACCOUNT =
      Comparator.comparing(line -> line.posting().account().value(), IndexOrder.OF_UUIDS);

  private final LockedBooks locked;
  private final Instant now;
  private final List<LockedAccount> touched;

  /** Transfers of two postings, which their rows carry, and all others, which list them. */
  private final List<StoredTransfer> pairs = new ArrayList<>();

  private final List<StoredTransfer> listing = new ArrayList<>(0);

  private final boolean isShort;

  /**
   * Prepares what was decided to be written.
   *
   * @throws IllegalStateException when the books would not be whole afterwards
   */
  BooksWriter(LockedBooks locked, Instant now) {
    this.locked = locked;
    this.now = now;
    this.touched = touched(locked);
    List<StoredTransfer> transfers = locked.changes().transfers();
    List<PostingLine> lines = lines(transfers);
    var assertions = new WriteAssertions(locked);
    WriteAssertions.wholeMicroseconds(now);
    assertions.transfers(transfers);
    assertions.chains(lines, touched.size());
    assertions.lots(locked.changes().lotMovements());
    transfers.forEach(each -> (each.parties().size() == 2 ? pairs : listing).add(each));
    pairs.sort(BY_KEY);
    listing.sort(BY_KEY);
    this.isShort = areShort(lines) && touched.stream().allMatch(BooksWriter::isShort);
  }

  /** In the order in which they lie. */
  private static List<LockedAccount> touched(LockedBooks locked) {
    var touched = new ArrayList<LockedAccount>(locked.accounts().size());
    for (LockedAccount account : locked.accounts()) {
      if (account.state().touched()) {
        touched.add(account);
      }
    }
    touched.sort(Comparator.comparingLong(LockedAccount::number));
    return touched;
  }

  private static List<PostingLine> lines(List<StoredTransfer> transfers) {
    var lines = new ArrayList<PostingLine>(2 * transfers.size());
    for (StoredTransfer transfer : transfers) {
      UUID id = transfer.receipt().id().value();
      transfer.receipt().postings().forEach(p -> lines.add(new PostingLine(id, p)));
    }
    lines.sort(BY_ACCOUNT);
    return lines;
  }

  private static boolean areShort(List<PostingLine> lines) {
    return lines.stream()
        .map(PostingLine::posting)
        .allMatch(p -> Columns.isShort(p.amount()) && Columns.isShort(p.balance()));
  }

  private static boolean isShort(LockedAccount account) {
    return Columns.isShort(account.state().balance())
        && Columns.isShort(account.state().overdrawn());
  }

  void write(BooksStatements statements, List<Future<?>> flush) {
    if (!listing.isEmpty()) {
      add(isShort ? Name.WRITE_LISTED : Name.WRITE_LISTED_LONG, listed(), statements, flush);
    }
    Name told = isShort ? Name.WRITE_TOLD : Name.WRITE_TOLD_LONG;
    List<Event> events = locked.changes().events();
    boolean isTold = !events.isEmpty() && statements.has(told);
    if (isTold) {
      add(told, EventSql.columns(pairsAndAccounts(), events), statements, flush);
    } else {
      add(isShort ? Name.WRITE : Name.WRITE_LONG, pairsAndAccounts(), statements, flush);
    }
    writeLots(statements, flush);
    if (!isTold && !events.isEmpty()) {
      Columns columns = EventSql.columns(locked.needs().tenant(), events, now);
      add(Name.INSERT_EVENTS, columns, statements, flush);
    }
  }

  private static void add(
      Name name, Columns columns, BooksStatements statements, List<Future<?>> flush) {
    flush.add(statements.execute(name, columns.parameters()));
  }

  private Columns columns() {
    return new Columns(isShort, locked.needs().tenant().value(), utc(now));
  }

  private Columns pairsAndAccounts() {
    return columns()
        .codes(pairs, BooksWriter::statusOf)
        .uuids(pairs, t -> t.receipt().id().value())
        .uuids(pairs, BooksWriter::keyOf)
        .uuids(pairs, BooksWriter::fingerprintOf)
        .longs(pairs, t -> number(t.parties().getFirst()))
        .longs(pairs, t -> number(t.parties().getLast()))
        .longs(pairs, t -> ofPosted(t, p -> p.getFirst().sequence()))
        .longs(pairs, t -> ofPosted(t, p -> p.getLast().sequence()))
        .amounts(pairs, t -> ofPosted(t, p -> p.getLast().amount()))
        .amounts(pairs, t -> ofPosted(t, p -> p.getFirst().balance()))
        .amounts(pairs, t -> ofPosted(t, p -> p.getLast().balance()))
        .texts(pairs, t -> t.receipt().kind())
        .texts(pairs, t -> t.receipt().detail())
        .longs(touched, LockedAccount::number)
        .texts(touched, LockedAccount::place)
        .amounts(touched, a -> a.state().balance())
        .amounts(touched, a -> a.state().overdrawn())
        .longs(touched, a -> a.state().sequence())
        .count(touched)
        .numbers(pairs, BooksWriter::credentialOf);
  }

  private Columns listed() {
    List<PostingLine> lines = lines(listing);
    return columns()
        .codes(listing, BooksWriter::statusOf)
        .uuids(listing, t -> t.receipt().id().value())
        .uuids(listing, BooksWriter::keyOf)
        .uuids(listing, BooksWriter::fingerprintOf)
        .texts(listing, t -> t.receipt().kind())
        .texts(listing, t -> t.receipt().detail())
        .texts(listing, t -> array(t.parties(), this::number))
        .texts(listing, t -> array(t.receipt().postings(), Posting::sequence))
        .longs(lines, l -> number(l.posting().account()))
        .longs(lines, l -> l.posting().sequence())
        .uuids(lines, PostingLine::transfer)
        .amounts(lines, l -> l.posting().amount())
        .amounts(lines, l -> l.posting().balance())
        .numbers(listing, BooksWriter::credentialOf);
  }

  private long number(AccountId account) {
    return locked.account(account).number();
  }

  private static int statusOf(StoredTransfer transfer) {
    return transfer.receipt().posted() ? 0 : 1;
  }

  private static Integer credentialOf(StoredTransfer transfer) {
    int number = transfer.credential().value();
    return number == 0 ? null : number;
  }

  private static UUID keyOf(StoredTransfer transfer) {
    return transfer.key().map(IdempotencyKey::digest).orElse(null);
  }

  private static UUID fingerprintOf(StoredTransfer transfer) {
    return transfer.key().map(IdempotencyKey::fingerprint).orElse(null);
  }

  private static <V> V ofPosted(StoredTransfer transfer, Function<List<Posting>, V> field) {
    return transfer.receipt().posted() ? field.apply(transfer.receipt().postings()) : null;
  }

  private void writeLots(BooksStatements statements, List<Future<?>> flush) {
    var lots = new EnumMap<Name, List<LotState>>(Name.class);
    for (LotState lot : locked.books().lots()) {
      if (lot.isChanged()) {
        lots.computeIfAbsent(writing(lot), name -> new ArrayList<>()).add(lot);
      }
    }
    lots.forEach((name, changed) -> add(name, columns(name, changed), statements, flush));
    List<StoredLotMovement> movements = locked.changes().lotMovements();
    if (!movements.isEmpty()) {
      add(Name.INSERT_LOT_MOVEMENTS, moved(movements), statements, flush);
    }
  }

  private Columns lotColumns() {
    return new Columns(false, locked.needs().tenant().value());
  }

  private Columns moved(List<StoredLotMovement> movements) {
    return lotColumns()
        .uuids(movements, m -> m.transfer().value())
        .uuids(movements, m -> m.movement().lot().value())
        .uuids(movements, m -> m.movement().account().value())
        .amounts(movements, m -> m.movement().amount());
  }

  /** Nearly all lots are neither marked nor end, and nothing of the kind is written for them. */
  private static Name writing(LotState lot) {
    if (lot.isNew()) {
      return lot.marks().isEmpty() && lot.expiresAt().isEmpty()
          ? Name.INSERT_LOTS
          : Name.INSERT_MARKED_LOTS;
    }
    return lot.isMarked() ? Name.UPDATE_MARKED_LOTS : Name.UPDATE_LOTS;
  }

  private Columns columns(Name name, List<LotState> lots) {
    return switch (name) {
      case INSERT_LOTS -> inserted(lots);
      case INSERT_MARKED_LOTS ->
          marked(
              inserted(lots)
                  .times(lots, this::dueAt)
                  .times(lots, l -> orNull(l.marks().maturesAt(), time -> time)),
              lots);
      case UPDATE_MARKED_LOTS -> marked(updated(lots).times(lots, this::dueAt), lots);
      default -> updated(lots);
    };
  }

  private static Columns marked(Columns columns, List<LotState> lots) {
    return columns
        .texts(lots, l -> orNull(l.marks().reference(), text -> text))
        .flags(lots, l -> l.marks().byHold());
  }

  private Instant dueAt(LotState lot) {
    return orNull(lot.dueAt(locked.account(lot.account()).ref().bucket()), time -> time);
  }

  private Columns inserted(List<LotState> lots) {
    return lotColumns()
        .uuids(lots, l -> l.id().value())
        .uuids(lots, l -> l.account().value())
        .amounts(lots, LotState::amount)
        .amounts(lots, LotState::remaining)
        .codes(lots, l -> l.status().code())
        .times(lots, LotState::createdAt)
        .times(lots, l -> orNull(l.expiresAt(), time -> time))
        .uuids(lots, l -> orNull(l.issue(), i -> i.issuer().value()))
        .uuids(lots, l -> orNull(l.issue(), LotState.Issue::origin))
        .longs(lots, l -> orNull(l.issue(), LotState.Issue::serialFrom))
        .uuids(lots, l -> orNull(l.parent(), LotId::value))
        .uuids(lots, l -> orNull(l.children(), c -> c.left().value()))
        .uuids(lots, l -> orNull(l.children(), c -> c.right().value()))
        .dates(lots, l -> orNull(l.issue(), LotState.Issue::producedOn))
        .uuids(lots, l -> orNull(l.delivery(), d -> d.by().value()))
        .uuids(lots, l -> orNull(l.delivery(), d -> d.order().value()))
        .uuids(lots, l -> orNull(l.retirement(), r -> r.by().value()))
        .uuids(lots, l -> orNull(l.retirement(), r -> r.beneficiary().value()))
        .uuids(lots, l -> orNull(l.issue(), LotState.Issue::register));
  }

  private Columns updated(List<LotState> lots) {
    return lotColumns()
        .uuids(lots, l -> l.id().value())
        .uuids(lots, l -> l.account().value())
        .amounts(lots, LotState::remaining)
        .codes(lots, l -> l.status().code())
        .uuids(lots, l -> orNull(l.children(), c -> c.left().value()))
        .uuids(lots, l -> orNull(l.children(), c -> c.right().value()))
        .uuids(lots, l -> orNull(l.delivery(), d -> d.by().value()))
        .uuids(lots, l -> orNull(l.delivery(), d -> d.order().value()))
        .uuids(lots, l -> orNull(l.retirement(), r -> r.by().value()))
        .uuids(lots, l -> orNull(l.retirement(), r -> r.beneficiary().value()))
        .count(lots);
  }

  private static <T, V> V orNull(Optional<T> value, Function<T, V> field) {
    return value.map(field).orElse(null);
  }

  /** An array as PostgreSQL writes it, for the elements of an array of arrays of uneven lengths. */
  private static <T> String array(List<T> values, Function<T, Object> field) {
    return values.stream()
        .map(value -> field.apply(value).toString())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
