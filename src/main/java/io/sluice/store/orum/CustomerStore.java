package io.sluice.store.orum;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Event;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.Holder;
import io.sluice.store.PgHolderStore;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.SqlState;
import io.sluice.store.Statements;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Customers and whose subledgers are whose, in PostgreSQL. A subledger's account always has the
 * status that its owner's allows: the two change in one transaction, so that a transfer, which
 * locks the account, sees the owner's as well.
 */
public final class CustomerStore {
  static final String COLUMNS =
      "id, kind, status, reference, name, last_name, identity, detail, created_at, updated_at,"
          + " closed_at, due_at";

  private static final String SELECT = "SELECT " + COLUMNS + " FROM orum_customer";

  private static final String INSERT =
      """
      INSERT INTO orum_customer (tenant_id, id, kind, status, reference, name, last_name, identity,
                                 detail, created_at, updated_at, closed_at, due_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND = SELECT + " WHERE tenant_id = $1 AND id = $2";

  private static final String FIND_BY_REFERENCE =
      SELECT + " WHERE tenant_id = $1 AND reference = $2";

  private static final String LOCK = FIND + " FOR NO KEY UPDATE";

  /** Whoever changes the owner's status waits until the subledger is there, or was first. */
  private static final String HOLD_OWNER = FIND_BY_REFERENCE + " FOR SHARE";

  private static final String UPDATE =
      """
      UPDATE orum_customer
         SET status = $3, reference = $4, name = $5, last_name = $6, identity = $7, detail = $8,
             updated_at = $9, closed_at = $10, due_at = $11
       WHERE tenant_id = $1 AND id = $2
      """;

  /** In the pipeline's order, so that the two never wait for each other in a circle. */
  private static final String LOCK_ACCOUNTS =
      """
      SELECT a.id
        FROM orum_subledger s JOIN account a ON a.tenant_id = $1 AND a.holder_id = s.id
       WHERE s.tenant_id = $1 AND s.owner_id = $2
       ORDER BY a.number
         FOR UPDATE OF a
      """;

  private static final String OF_OWNER =
      "(SELECT id FROM orum_subledger WHERE tenant_id = $1 AND owner_id = $2)";

  private static final String SET_ACCOUNTS_STATUS =
      "UPDATE account SET status = $3 WHERE tenant_id = $1 AND holder_id IN " + OF_OWNER;

  private static final String SET_HOLDERS_STATUS =
      "UPDATE holder SET status = $3 WHERE tenant_id = $1 AND id IN " + OF_OWNER;

  private static final String INSERT_SUBLEDGER =
      "INSERT INTO orum_subledger (tenant_id, id, owner_id) VALUES ($1, $2, $3)";

  private static final String COUNT_OWNED =
      "SELECT count(*) AS owned FROM (SELECT FROM orum_subledger"
          + " WHERE tenant_id = $1 AND owner_id = $2 LIMIT $3) few";

  private static final String DUE =
      "SELECT tenant_id, id, due_at FROM orum_customer WHERE due_at <= $1";

  /**
   * The most subledgers of a person or a business, all of whose accounts change with its status in
   * one transaction; requests at once may go past it by as many as they are.
   */
  public static final int MAX_OWNED = 1_000;

  private final Statements statements;
  private final Statements lists;
  private final Statements chores;

  /** Which customer. */
  public record Key(TenantId tenant, UUID id) {}

  public CustomerStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
    this.chores = pools.inBackground().lookUps();
  }

  /**
   * Stores a new customer.
   *
   * @param told the events that tell of it
   * @return false when somebody of the tenant has that reference; nothing changed then
   */
  public Future<Boolean> insert(Customer customer, List<Event> told) {
    return statements.inTransaction(
        customer.tenant(),
        connection ->
            insert(connection, customer)
                .compose(
                    inserted ->
                        inserted
                            ? EventSql.insert(
                                    connection, customer.tenant(), told, customer.createdAt())
                                .map(true)
                            : Future.succeededFuture(false)));
  }

  private static Future<Boolean> insert(SqlConnection connection, Customer customer) {
    return Statements.on(
            connection,
            INSERT,
            customer.tenant().value(),
            customer.id(),
            customer.kind().code(),
            customer.status().code(),
            customer.reference(),
            customer.names().first(),
            customer.names().last(),
            customer.identity().orElse(null),
            customer.detail(),
            Rows.time(customer.createdAt()),
            Rows.time(customer.updatedAt()),
            customer.closedAt().map(Rows::time).orElse(null),
            customer.due().map(Rows::time).orElse(null))
        .map(rows -> rows.rowCount() > 0);
  }

  public Future<Optional<Customer>> find(TenantId tenant, UUID id) {
    return statements.first(FIND, row -> customer(tenant, row), tenant.value(), id);
  }

  public Future<Optional<Customer>> findByReference(TenantId tenant, String reference) {
    return statements.first(
        FIND_BY_REFERENCE, row -> customer(tenant, row), tenant.value(), reference);
  }

  /** A page, newest first. */
  public Future<List<Customer>> list(CustomerQuery wanted, int limit, long offset) {
    return lists.all(wanted.page(limit, offset), row -> customer(wanted.tenant(), row));
  }

  /** One whose verification may end from a time on. */
  public record Due(Key key, Instant at) {}

  /**
   * Some of those whose verification may end by now, of all tenants, the longest due first.
   *
   * @param after only those that come behind this one
   */
  public Future<List<Due>> due(Instant now, Optional<Due> after, int limit) {
    var query = new Query(DUE, Rows.time(now));
    after.ifPresent(
        last ->
            query.add(
                "AND (due_at, tenant_id, id) > (?, ?, ?)",
                Rows.time(last.at()),
                last.key().tenant().value(),
                last.key().id()));
    return chores.all(
        query.add("ORDER BY due_at, tenant_id, id LIMIT ?", (long) limit),
        row ->
            new Due(
                new Key(new TenantId(row.getInteger("tenant_id")), row.getUUID("id")),
                Rows.instant(row, "due_at")));
  }

  /**
   * Changes a customer and the status of its subledgers in one transaction, so that of two changes
   * at once none is lost.
   *
   * @param change makes the customer as it is to be from what it is by then; one that is equal
   *     changes nothing
   * @param told the events that tell of a change, of what was and what is then
   * @return the customer as it is afterwards; empty when there is none, or when its new reference
   *     is somebody else's
   */
  public Future<Optional<Customer>> change(
      TenantId tenant,
      UUID id,
      UnaryOperator<Customer> change,
      BiFunction<Customer, Customer, List<Event>> told) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), id)
                .map(rows -> Rows.first(rows, row -> customer(tenant, row)))
                .compose(
                    old ->
                        old.isEmpty()
                            ? Future.succeededFuture(old)
                            : change(connection, old.get(), change.apply(old.get()), told)),
        CustomerStore::unlessTaken);
  }

  private static <T> Future<Optional<T>> unlessTaken(Throwable failure) {
    return SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(StoreException.of(failure));
  }

  private static Future<Optional<Customer>> change(
      SqlConnection connection,
      Customer old,
      Customer changed,
      BiFunction<Customer, Customer, List<Event>> told) {
    if (changed.equals(old)) {
      return Future.succeededFuture(Optional.of(old));
    }
    HolderStatus ofSubledgers = changed.status().ofSubledgers();
    return update(connection, changed)
        .compose(
            done ->
                ofSubledgers == old.status().ofSubledgers()
                    ? Future.succeededFuture()
                    : setStatusOfSubledgers(connection, changed, ofSubledgers))
        .compose(
            done ->
                EventSql.insert(
                    connection, old.tenant(), told.apply(old, changed), changed.updatedAt()))
        .map(Optional.of(changed));
  }

  private static Future<?> update(SqlConnection connection, Customer customer) {
    return Statements.on(
        connection,
        UPDATE,
        customer.tenant().value(),
        customer.id(),
        customer.status().code(),
        customer.reference(),
        customer.names().first(),
        customer.names().last(),
        customer.identity().orElse(null),
        customer.detail(),
        Rows.time(customer.updatedAt()),
        customer.closedAt().map(Rows::time).orElse(null),
        customer.due().map(Rows::time).orElse(null));
  }

  private static Future<?> setStatusOfSubledgers(
      SqlConnection connection, Customer owner, HolderStatus status) {
    Object tenant = owner.tenant().value();
    Object code = (short) status.code();
    return Statements.on(connection, LOCK_ACCOUNTS, tenant, owner.id())
        .compose(done -> Statements.on(connection, SET_ACCOUNTS_STATUS, tenant, owner.id(), code))
        .compose(done -> Statements.on(connection, SET_HOLDERS_STATUS, tenant, owner.id(), code));
  }

  /**
   * Stores a new subledger with its account, if its owner may have one.
   *
   * @param owner the owner's reference
   * @param subledger makes it for the owner; empty where it may have none
   * @param told the events that tell of it
   * @return empty when there is no such owner, or it may have none or no more, or the subledger's
   *     reference is taken; nothing changed then
   */
  public Future<Optional<Holder>> openSubledger(
      TenantId tenant,
      String owner,
      Function<Customer, Optional<Holder>> subledger,
      Function<Holder, AccountRef> account,
      Function<Holder, List<Event>> told) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, HOLD_OWNER, tenant.value(), owner)
                .map(rows -> Rows.first(rows, row -> customer(tenant, row)))
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.<Holder>empty())
                            : mayOwnMore(connection, found.get())
                                .map(may -> subledger.apply(found.get()).filter(it -> may))
                                .compose(
                                    made -> open(connection, found.get(), made, account, told))));
  }

  /** Nobody closes the enterprise. */
  private static Future<Boolean> mayOwnMore(SqlConnection connection, Customer owner) {
    return owner.kind() == CustomerKind.ENTERPRISE
        ? Future.succeededFuture(true)
        : Statements.on(
                connection, COUNT_OWNED, owner.tenant().value(), owner.id(), (long) MAX_OWNED)
            .map(rows -> rows.iterator().next().getLong("owned") < MAX_OWNED);
  }

  private static Future<Optional<Holder>> open(
      SqlConnection connection,
      Customer owner,
      Optional<Holder> subledger,
      Function<Holder, AccountRef> account,
      Function<Holder, List<Event>> told) {
    if (subledger.isEmpty()) {
      return Future.succeededFuture(subledger);
    }
    Holder holder = subledger.get();
    return PgHolderStore.insertWithAccount(connection, holder, account.apply(holder), Amount.ZERO)
        .compose(
            inserted ->
                inserted
                    ? Statements.on(
                            connection,
                            INSERT_SUBLEDGER,
                            owner.tenant().value(),
                            holder.id().value(),
                            owner.id())
                        .compose(
                            done ->
                                EventSql.insert(
                                    connection,
                                    owner.tenant(),
                                    told.apply(holder),
                                    holder.createdAt()))
                        .map(subledger)
                    : Future.succeededFuture(Optional.empty()));
  }

  private static Customer customer(TenantId tenant, Row row) {
    return new Customer(
        tenant,
        row.getUUID("id"),
        CustomerKind.ofCode(row.getShort("kind")),
        CustomerStatus.ofCode(row.getShort("status")),
        row.getString("reference"),
        new Customer.Names(row.getString("name"), row.getString("last_name")),
        Optional.ofNullable(row.getUUID("identity")),
        row.getString("detail"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        Rows.optionalInstant(row, "closed_at"),
        Rows.optionalInstant(row, "due_at"));
  }
}
