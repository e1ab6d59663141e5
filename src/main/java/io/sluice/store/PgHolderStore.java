package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Event;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Holders in PostgreSQL. */
public final class PgHolderStore implements HolderStore {
  /** What {@link #holder} reads. */
  public static final String COLUMNS =
      "id, kind, reference, status, detail, created_at, updated_at";

  private static final String INSERT =
      """
      INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT DO NOTHING
      """;

  private static final String INSERT_WITH_ACCOUNT =
      """
      WITH opened AS (
        INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING
        RETURNING tenant_id, id, status, updated_at)
      INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status, floor,
                           updated_at)
      SELECT opened.tenant_id, $9, opened.id, $10, $11, $12, opened.status, $13, opened.updated_at
        FROM opened
      """;

  private static final String FIND_BY_REFERENCES =
      "SELECT "
          + COLUMNS
          + " FROM holder WHERE tenant_id = $1 AND kind = $2 AND reference = ANY($3)";

  private static final String FIND_ALL =
      "SELECT " + COLUMNS + " FROM holder WHERE tenant_id = $1 AND id = ANY($2)";

  /** What comes before the page is passed in the index alone. */
  private static final String LIST =
      """
      SELECT h.*
        FROM (SELECT id, created_at FROM holder
               WHERE tenant_id = $1 AND kind = $2 AND status <> $3
               ORDER BY created_at DESC, id DESC LIMIT $4 OFFSET $5) page
       CROSS JOIN LATERAL (
         SELECT %s FROM holder WHERE tenant_id = $1 AND id = page.id LIMIT 1) h
       ORDER BY page.created_at DESC, page.id DESC
      """
          .formatted(COLUMNS);

  /** In the pipeline's order, so that the two never wait for each other in a circle. */
  private static final String LOCK_ACCOUNTS =
      "SELECT id FROM account WHERE tenant_id = $1 AND holder_id = $2 ORDER BY number FOR UPDATE";

  private static final String SET_ACCOUNTS_STATUS =
      "UPDATE account SET status = $3 WHERE tenant_id = $1 AND holder_id = $2";

  private static final String SET_DETAIL =
      "UPDATE holder SET detail = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2 RETURNING "
          + COLUMNS;

  private static final String LOCK =
      "SELECT " + COLUMNS + " FROM holder WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE";

  private static final String CHANGE =
      "UPDATE holder SET status = $3, detail = $4, updated_at = $5 WHERE tenant_id = $1 AND id = $2"
          + " RETURNING "
          + COLUMNS;

  private static final String BALANCES =
      """
      SELECT a.id, a.holder_id, a.asset_id, a.bucket, a.balance, a.updated_at,
             CASE WHEN a.kind = $3 AND a.bucket <> $5 THEN
               (SELECT coalesce(sum(l.remaining), 0)
                  FROM lot l
                 WHERE l.tenant_id = $1 AND l.account_id = a.id
                   AND l.remaining > 0 AND l.expires_at <= $4)
             ELSE 0 END AS expired
        FROM account a
       WHERE a.tenant_id = $1 AND a.holder_id = ANY($2)
      """;

  private final Statements statements;
  private final Statements lists;
  private final Statements ahead;
  private final Clock clock;
  private final Coalescer<TenantId, HolderId, Holder> byId = new Coalescer<>(this::query);
  private final Coalescer<Kind, String, Holder> byReference = new Coalescer<>(this::query);
  private final Coalescer<TenantId, HolderId, List<AccountBalance>> balances =
      new Coalescer<>(this::queryBalances);

  /** Holders of one kind have references that differ. */
  private record Kind(TenantId tenant, String name) {}

  /**
   * The store.
   *
   * @param clock decides which lots have expired, and when a change happened
   */
  public PgHolderStore(Pools pools, Clock clock) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
    this.ahead = pools.inBackground().lists();
    this.clock = clock;
  }

  @Override
  public Future<Boolean> insert(Holder holder) {
    return statements.insert(INSERT, columns(holder).toArray());
  }

  @Override
  public Future<Boolean> insert(Holder holder, List<Event> events) {
    if (events.isEmpty()) {
      return insert(holder);
    }
    return statements.inTransaction(
        holder.tenant(),
        connection ->
            Statements.on(connection, INSERT, columns(holder).toArray())
                .compose(
                    rows ->
                        rows.rowCount() == 0
                            ? Future.succeededFuture(false)
                            : EventSql.insert(
                                    connection, holder.tenant(), events, holder.createdAt())
                                .map(true)));
  }

  @Override
  public Future<Boolean> insertWithAccount(Holder holder, AccountRef account, Amount floor) {
    return statements.insert(INSERT_WITH_ACCOUNT, columns(holder, account, floor));
  }

  /** The same in a transaction of somebody else's. */
  public static Future<Boolean> insertWithAccount(
      SqlConnection connection, Holder holder, AccountRef account, Amount floor) {
    return Statements.on(connection, INSERT_WITH_ACCOUNT, columns(holder, account, floor))
        .map(rows -> rows.rowCount() > 0);
  }

  private static Object[] columns(Holder holder, AccountRef account, Amount floor) {
    List<Object> columns = columns(holder);
    columns.add(account.id().value());
    columns.add(account.asset().value());
    columns.add(account.bucket().code());
    columns.add(account.kind().code());
    columns.add(account.kind() == AccountKind.SYSTEM ? null : Rows.numeric(floor));
    return columns.toArray();
  }

  private static List<Object> columns(Holder holder) {
    var columns = new ArrayList<Object>();
    columns.add(holder.tenant().value());
    columns.add(holder.id().value());
    columns.add(holder.kind());
    columns.add(holder.reference());
    columns.add(holder.status().code());
    columns.add(holder.detail());
    columns.add(Rows.time(holder.createdAt()));
    columns.add(Rows.time(holder.updatedAt()));
    return columns;
  }

  @Override
  public Future<Optional<Holder>> find(TenantId tenant, HolderId id) {
    return findAll(tenant, List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
  }

  @Override
  public Future<Optional<Holder>> findByReference(TenantId tenant, String kind, String reference) {
    return findByReferences(tenant, kind, List.of(reference))
        .map(found -> Optional.ofNullable(found.get(reference)));
  }

  @Override
  public Future<Map<String, Holder>> findByReferences(
      TenantId tenant, String kind, Collection<String> references) {
    String[] storable = references.stream().filter(Rows::isStorable).toArray(String[]::new);
    if (storable.length == 0) {
      return Future.succeededFuture(Map.of());
    }
    return byReference
        .find(new Kind(tenant, kind), List.of(storable))
        .map(found -> only(List.of(storable), found));
  }

  @Override
  public Future<Map<HolderId, Holder>> findAll(TenantId tenant, Collection<HolderId> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return byId.find(tenant, ids).map(found -> only(ids, found));
  }

  private Future<Map<HolderId, Holder>> query(TenantId tenant, Collection<HolderId> ids) {
    return statements
        .all(FIND_ALL, row -> holder(tenant, row), tenant.value(), Rows.uuids(ids, HolderId::value))
        .map(holders -> by(Holder::id, holders));
  }

  private Future<Map<String, Holder>> query(Kind kind, Collection<String> references) {
    return statements
        .all(
            FIND_BY_REFERENCES,
            row -> holder(kind.tenant(), row),
            kind.tenant().value(),
            kind.name(),
            references.toArray(String[]::new))
        .map(holders -> by(Holder::reference, holders));
  }

  private static <K> Map<K, Holder> only(Collection<K> keys, Map<K, Holder> found) {
    Map<K, Holder> wanted = new HashMap<>();
    keys.stream().filter(found::containsKey).forEach(key -> wanted.put(key, found.get(key)));
    return wanted;
  }

  @Override
  public Future<List<Holder>> list(TenantId tenant, String kind, int limit, int offset) {
    return lists.all(
        LIST,
        row -> holder(tenant, row),
        tenant.value(),
        kind,
        HolderStatus.OPENING.code(),
        (long) limit,
        (long) offset);
  }

  @Override
  public Future<List<Holder>> before(
      TenantId tenant, String kind, Optional<HolderId> before, int limit) {
    return HolderWalk.before(ahead, tenant, kind, before, limit);
  }

  @Override
  public Future<List<TenantId>> tenants(String kind) {
    return HolderWalk.tenants(ahead, kind);
  }

  @Override
  public Future<Optional<Holder>> setStatus(TenantId tenant, HolderId id, HolderStatus status) {
    return change(tenant, id, holder -> holder.withStatus(status));
  }

  @Override
  public Future<Optional<Holder>> setDetail(TenantId tenant, HolderId id, String detail) {
    return statements.first(
        SET_DETAIL,
        row -> holder(tenant, row),
        tenant.value(),
        id.value(),
        detail,
        Rows.time(clock.instant()));
  }

  /**
   * The holder's row comes first: whoever opens an account holds a share lock on it until commit,
   * so once the row is ours, every account that exists is visible and no further one can appear
   * with the old status.
   */
  @Override
  public Future<Optional<Holder>> change(
      TenantId tenant, HolderId id, UnaryOperator<Holder> change) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), id.value())
                .map(rows -> Rows.first(rows, row -> holder(tenant, row)))
                .compose(
                    old ->
                        old.isEmpty()
                            ? Future.succeededFuture(old)
                            : change(connection, old.get(), change.apply(old.get()))));
  }

  private Future<Optional<Holder>> change(SqlConnection connection, Holder old, Holder changed) {
    if (changed.equals(old)) {
      return Future.succeededFuture(Optional.of(old));
    }
    Future<Optional<Holder>> stored =
        Statements.on(
                connection,
                CHANGE,
                old.tenant().value(),
                old.id().value(),
                changed.status().code(),
                changed.detail(),
                Rows.time(clock.instant()))
            .map(rows -> Rows.first(rows, row -> holder(old.tenant(), row)));
    return changed.status() == old.status()
        ? stored
        : stored.compose(holder -> setAccountsStatus(connection, changed).map(holder));
  }

  private static Future<?> setAccountsStatus(SqlConnection connection, Holder holder) {
    Object tenant = holder.tenant().value();
    Object id = holder.id().value();
    return Statements.on(connection, LOCK_ACCOUNTS, tenant, id)
        .compose(
            locked ->
                Statements.on(connection, SET_ACCOUNTS_STATUS, tenant, id, holder.status().code()));
  }

  @Override
  public Future<List<AccountBalance>> balances(TenantId tenant, HolderId holder) {
    return balances(tenant, List.of(holder));
  }

  @Override
  public Future<List<AccountBalance>> balances(TenantId tenant, Collection<HolderId> holders) {
    if (holders.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return balances
        .find(tenant, holders)
        .map(
            found ->
                holders.stream()
                    .distinct()
                    .flatMap(holder -> found.getOrDefault(holder, List.of()).stream())
                    .toList());
  }

  private Future<Map<HolderId, List<AccountBalance>>> queryBalances(
      TenantId tenant, Collection<HolderId> holders) {
    return statements
        .all(
            BALANCES,
            PgHolderStore::balance,
            tenant.value(),
            Rows.uuids(holders, HolderId::value),
            AccountKind.LOT.code(),
            Rows.time(clock.instant()),
            Bucket.HELD.code())
        .map(all -> all.stream().collect(Collectors.groupingBy(AccountBalance::holder)));
  }

  private static AccountBalance balance(Row row) {
    return new AccountBalance(
        new AccountId(row.getUUID("id")),
        Rows.holder(row),
        new AssetId(row.getUUID("asset_id")),
        Rows.bucket(row),
        Rows.amount(row, "balance"),
        Rows.amount(row, "expired"),
        Rows.instant(row, "updated_at"));
  }

  /** A holder of a row with {@link #COLUMNS}. */
  public static Holder holder(TenantId tenant, Row row) {
    return new Holder(
        tenant,
        new HolderId(row.getUUID("id")),
        row.getString("kind"),
        row.getString("reference"),
        HolderStatus.ofCode(row.getShort("status")),
        row.getString("detail"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }

  private static <K> Map<K, Holder> by(Function<Holder, K> key, List<Holder> holders) {
    return holders.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }
}
