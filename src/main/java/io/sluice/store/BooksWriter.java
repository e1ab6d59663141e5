package io.sluice.store;

import static io.sluice.store.BooksReader.utc;

import io.sluice.ledger.AccountState;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotState;
import io.sluice.ledger.Posting;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.store.BooksStatements.Name;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** What was decided for one tenant, found sound and about to be written. */
final class BooksWriter {
  private static final Comparator<StoredTransfer> BY_KEY =
      Comparator.comparing(BooksWriter::keyOf, Comparator.nullsLast(IndexOrder.OF_UUIDS));

  /** Sorting is stable, so the postings of an account stay in the order of their sequences. */
  private static final Comparator<PostingLine> BY_ACCOUNT =
      Comparator.comparing(line -> line.posting().account().value(), IndexOrder.OF_UUIDS);

  private final LockedBooks locked;
  private final Instant now;
  private final List<AccountState> touched;
  private final List<PostingLine> lines;

  /**
   * Prepares what was decided to be written.
   *
   * @throws IllegalStateException when the books would not be whole afterwards
   */
  BooksWriter(LockedBooks locked, Instant now) {
    this.locked = locked;
    this.now = now;
    this.touched = locked.books().accounts().stream().filter(AccountState::touched).toList();
    this.lines = lines(locked.changes().transfers());
    var assertions = new WriteAssertions(locked);
    WriteAssertions.wholeMicroseconds(now);
    assertions.transfers(locked.changes().transfers());
    assertions.chains(lines, touched);
    assertions.lots(locked.changes().lotMovements());
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

  void write(BooksStatements statements, List<Future<?>> flush) {
    int tenant = locked.needs().tenant().value();
    Tuple parameters = Tuple.tuple().addInteger(tenant).addOffsetDateTime(utc(now));
    addTransfers(parameters, locked.changes().transfers());
    addPostings(parameters);
    addAccounts(parameters);
    flush.add(statements.execute(Name.WRITE, parameters));
    writeLots(statements, flush);
  }

  private static void addTransfers(Tuple parameters, List<StoredTransfer> decided) {
    List<StoredTransfer> transfers = decided.stream().sorted(BY_KEY).toList();
    column(parameters, transfers, UUID[]::new, t -> t.receipt().id().value());
    column(parameters, transfers, String[]::new, t -> t.receipt().kind());
    column(parameters, transfers, Short[]::new, t -> (short) (t.receipt().posted() ? 0 : 1));
    column(parameters, transfers, UUID[]::new, BooksWriter::keyOf);
    column(
        parameters,
        transfers,
        Buffer[]::new,
        t -> t.key().map(k -> Buffer.buffer(k.fingerprint())).orElse(null));
    column(parameters, transfers, String[]::new, t -> t.receipt().detail());
    column(parameters, transfers, String[]::new, t -> array(t.parties(), a -> a.value()));
    column(
        parameters,
        transfers,
        String[]::new,
        t -> array(t.receipt().postings(), Posting::sequence));
  }

  private static UUID keyOf(StoredTransfer transfer) {
    return transfer.key().map(IdempotencyKey::digest).orElse(null);
  }

  private void addPostings(Tuple parameters) {
    column(parameters, lines, UUID[]::new, l -> l.posting().account().value());
    column(parameters, lines, Long[]::new, l -> l.posting().sequence());
    column(parameters, lines, UUID[]::new, PostingLine::transfer);
    column(parameters, lines, String[]::new, l -> l.posting().amount().toString());
    column(parameters, lines, String[]::new, l -> l.posting().balance().toString());
  }

  private void addAccounts(Tuple parameters) {
    column(parameters, touched, UUID[]::new, a -> a.id().value());
    column(parameters, touched, String[]::new, a -> locked.account(a.id()).place());
    column(parameters, touched, String[]::new, a -> a.balance().toString());
    column(parameters, touched, String[]::new, a -> a.overdrawn().toString());
    column(parameters, touched, Long[]::new, AccountState::sequence);
    parameters.addLong((long) touched.size());
  }

  private void writeLots(BooksStatements statements, List<Future<?>> flush) {
    TenantId tenant = locked.needs().tenant();
    List<LotState> changed =
        locked.books().lots().stream().filter(l -> l.isChanged() && !l.isNew()).toList();
    List<LotState> fresh = locked.books().lots().stream().filter(LotState::isNew).toList();
    if (!fresh.isEmpty()) {
      flush.add(statements.execute(Name.INSERT_LOTS, inserted(tenant, fresh)));
    }
    if (!changed.isEmpty()) {
      flush.add(statements.execute(Name.UPDATE_LOTS, updated(tenant, changed)));
    }
    var movements = locked.changes().lotMovements();
    if (!movements.isEmpty()) {
      Tuple parameters = Tuple.of(tenant.value());
      column(parameters, movements, UUID[]::new, m -> m.transfer().value());
      column(parameters, movements, UUID[]::new, m -> m.movement().lot().value());
      column(parameters, movements, UUID[]::new, m -> m.movement().account().value());
      column(parameters, movements, String[]::new, m -> m.movement().amount().toString());
      flush.add(statements.execute(Name.INSERT_LOT_MOVEMENTS, parameters));
    }
  }

  private static Tuple inserted(TenantId tenant, List<LotState> lots) {
    Tuple parameters = Tuple.of(tenant.value());
    column(parameters, lots, UUID[]::new, l -> l.id().value());
    column(parameters, lots, UUID[]::new, l -> l.account().value());
    column(parameters, lots, String[]::new, l -> l.amount().toString());
    column(parameters, lots, String[]::new, l -> l.remaining().toString());
    column(parameters, lots, Short[]::new, l -> (short) l.status().code());
    column(parameters, lots, OffsetDateTime[]::new, l -> utc(l.createdAt()));
    column(parameters, lots, OffsetDateTime[]::new, l -> orNull(l.expiresAt(), BooksReader::utc));
    column(parameters, lots, UUID[]::new, l -> orNull(l.issue(), i -> i.issuer().value()));
    column(parameters, lots, UUID[]::new, l -> orNull(l.issue(), LotState.Issue::origin));
    column(parameters, lots, Long[]::new, l -> orNull(l.issue(), LotState.Issue::serialFrom));
    column(parameters, lots, UUID[]::new, l -> orNull(l.parent(), LotId::value));
    children(parameters, lots);
    return parameters;
  }

  private static Tuple updated(TenantId tenant, List<LotState> lots) {
    Tuple parameters = Tuple.of(tenant.value());
    column(parameters, lots, UUID[]::new, l -> l.id().value());
    column(parameters, lots, UUID[]::new, l -> l.account().value());
    column(parameters, lots, String[]::new, l -> l.remaining().toString());
    column(parameters, lots, Short[]::new, l -> (short) l.status().code());
    children(parameters, lots);
    parameters.addLong((long) lots.size());
    return parameters;
  }

  private static void children(Tuple parameters, List<LotState> lots) {
    column(parameters, lots, UUID[]::new, l -> orNull(l.children(), c -> c.left().value()));
    column(parameters, lots, UUID[]::new, l -> orNull(l.children(), c -> c.right().value()));
  }

  private static <T, V> V orNull(Optional<T> value, Function<T, V> field) {
    return value.map(field).orElse(null);
  }

  /** Adds one array parameter: a column of the rows to be written. */
  private static <T, V> void column(
      Tuple parameters, List<T> rows, IntFunction<V[]> array, Function<T, V> field) {
    V[] values = array.apply(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = field.apply(rows.get(i));
    }
    parameters.addValue(values);
  }

  /** An array as PostgreSQL writes it, for the elements of an array of arrays of uneven lengths. */
  private static <T> String array(List<T> values, Function<T, Object> field) {
    var text = new StringBuilder("{");
    for (T value : values) {
      text.append(text.length() == 1 ? "" : ",").append(field.apply(value));
    }
    return text.append('}').toString();
  }
}
