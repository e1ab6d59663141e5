package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an operator looks at one by one. Each look costs the same however large the books are. */
public final class Inspection {
  /** The most accounts of a holder and the most arrivals of a lot that are shown. */
  public static final int MOST = 1_000;

  private static final String STATES =
      "SELECT "
          + Particulars.ACCOUNT_COLUMNS
          + ", a.number, a.status, a.floor, a.balance, a.overdrawn, a.sequence, a.updated_at"
          + Particulars.ACCOUNT_TABLES;

  private static final String ACCOUNT = STATES + " AND a.id = $2";

  private static final String ACCOUNTS_OF = STATES + " AND a.holder_id = $2 LIMIT $3";

  private static final String ARRIVALS =
      """
      SELECT m.transfer_id, m.account_id, m.amount, t.kind, t.created_at
        FROM lot_movement m
        JOIN transfer t ON t.tenant_id = $1 AND t.id = m.transfer_id
       WHERE m.tenant_id = $1 AND m.lot_id = $2 AND m.amount > 0
       LIMIT $3
      """;

  /** Sorted here, as no index has that order and there are few. */
  private static final Comparator<AccountState> OPENED =
      Comparator.comparingLong(AccountState::number);

  private static final Comparator<Arrival> ARRIVED =
      Comparator.comparing(Arrival::at).thenComparing(arrival -> arrival.transfer().value());

  private final Statements statements;
  private final TransferStore transfers;
  private final HolderStore holders;
  private final LotStore lots;
  private final AccountHistory history;
  private final LotTrail trail;

  public Inspection(Pools pools, TransferStore transfers, HolderStore holders) {
    this.statements = pools.lists();
    this.transfers = transfers;
    this.holders = holders;
    this.lots = new PgLotStore(pools);
    this.history = new AccountHistory(pools);
    this.trail = new LotTrail(pools);
  }

  /**
   * A transfer with all that is stored of it.
   *
   * @param lots what it did to lots
   * @param reversedBy what has reversed it
   */
  public record Entry(
      StoredTransfer transfer,
      Particulars named,
      List<LotMovement> lots,
      Optional<TransferId> reversedBy) {}

  /**
   * An account as it stands now.
   *
   * @param number its short name in the record of what moved
   * @param floor which the balance may not pass; empty where there is none
   * @param sequence of its last posting
   */
  public record AccountState(
      Particulars.Account account,
      long number,
      HolderStatus status,
      Optional<Amount> floor,
      Amount balance,
      Amount overdrawn,
      long sequence,
      Instant updatedAt) {
    private static AccountState of(Row row) {
      Numeric floor = row.getNumeric("floor");
      return new AccountState(
          Particulars.Account.of(row),
          row.getLong("number"),
          HolderStatus.ofCode(row.getShort("status")),
          Optional.ofNullable(floor).map(Rows::amount),
          Rows.amount(row, "balance"),
          Rows.amount(row, "overdrawn"),
          row.getLong("sequence"),
          Rows.instant(row, "updated_at"));
    }
  }

  /** A lot with whose account it is on. */
  public record LotState(Lot lot, AccountState account, List<Arrival> arrivals) {}

  /** That a transfer made a lot, or brought it. */
  public record Arrival(
      TransferId transfer, String kind, AccountId account, Amount amount, Instant at) {
    private static Arrival of(Row row) {
      return new Arrival(
          new TransferId(row.getUUID("transfer_id")),
          row.getString("kind"),
          new AccountId(row.getUUID("account_id")),
          Rows.amount(row, "amount"),
          Rows.instant(row, "created_at"));
    }
  }

  /** A transfer, posted or refused. */
  public Future<Optional<Entry>> transfer(TenantId tenant, TransferId id) {
    return PgTransferStore.findAll(statements, tenant, new UUID[] {id.value()})
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : entry(tenant, found.getFirst()).map(Optional::of));
  }

  private Future<Entry> entry(TenantId tenant, StoredTransfer transfer) {
    TransferId id = transfer.receipt().id();
    UUID reversal = IdempotencyKey.ofReversal(id).digest();
    return Particulars.of(statements, tenant, List.of(transfer))
        .compose(
            named ->
                transfers
                    .lotMovements(tenant, id)
                    .compose(
                        lots ->
                            transfers
                                .findByKey(tenant, reversal)
                                .map(by -> new Entry(transfer, named, lots, by.map(Receipt::id)))));
  }

  /** Lots as they are now, those of them that there are. */
  public Future<Map<LotId, Lot>> lots(TenantId tenant, Collection<LotId> ids) {
    return ids.isEmpty() ? Future.succeededFuture(Map.of()) : lots.findAll(tenant, ids);
  }

  public Future<Optional<AccountState>> account(TenantId tenant, AccountId id) {
    return statements.first(ACCOUNT, AccountState::of, tenant.value(), id.value());
  }

  public Future<Optional<Holder>> holder(TenantId tenant, HolderId id) {
    return holders.find(tenant, id);
  }

  /** A holder's accounts, in no particular order, up to {@value #MOST}. */
  public Future<List<AccountState>> accountsOf(TenantId tenant, HolderId holder) {
    return statements
        .all(ACCOUNTS_OF, AccountState::of, tenant.value(), holder.value(), MOST)
        .map(found -> found.stream().sorted(OPENED).toList());
  }

  /** How an account stood at the end of a moment. */
  public Future<AccountHistory.Standing> at(TenantId tenant, AccountState state, Instant moment) {
    return history
        .at(tenant, List.of(state.number()), moment)
        .map(found -> found.getOrDefault(state.number(), AccountHistory.Standing.NONE));
  }

  /**
   * An account's postings, newest first.
   *
   * @param upTo the sequence of the first to be told of
   */
  public Future<List<AccountHistory.Line>> postings(
      TenantId tenant, AccountState state, long upTo, int limit) {
    long last = Math.min(upTo, state.sequence());
    var range = new AccountHistory.Range(state.number(), Math.max(0, last - limit), last);
    return history
        .lines(tenant, List.of(range))
        .map(
            lines ->
                lines.stream()
                    .sorted((one, other) -> Long.compare(other.sequence(), one.sequence()))
                    .toList());
  }

  /** What has left lots. */
  public LotTrail trail() {
    return trail;
  }

  public Future<Optional<LotState>> lot(TenantId tenant, LotId id) {
    return lots.findAll(tenant, List.of(id))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : state(tenant, found, id).map(Optional::of));
  }

  private Future<LotState> state(TenantId tenant, Map<LotId, Lot> found, LotId id) {
    Lot lot = found.get(id);
    return account(tenant, lot.account())
        .compose(
            account ->
                statements
                    .all(ARRIVALS, Arrival::of, tenant.value(), id.value(), MOST)
                    .map(
                        arrivals ->
                            new LotState(
                                lot,
                                account.orElseThrow(),
                                arrivals.stream().sorted(ARRIVED).toList())));
  }
}
