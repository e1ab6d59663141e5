package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Endpoints in PostgreSQL. Every call is one transaction; a backlog ends behind it. */
public final class EndpointStore {
  /** Endpoints of a dialect that a tenant may have, besides archived ones. */
  public static final int MAX_LIVE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(EndpointStore.class);

  private static final ListOrder NEWEST = ListOrder.newest("created_at", "id");

  private static final String COLUMNS =
      "id, dialect, status, url, types, secret, detail, created_at, updated_at";

  private static final String INSERT =
      """
      INSERT INTO event_endpoint (tenant_id, id, dialect, status, url, types, secret, detail,
                                  created_at, updated_at)
      SELECT $1::integer, $2::uuid, $3::text, $4::smallint, $5::text, $6::text[], $7::bytea,
             $8::text, $9::timestamptz, $10::timestamptz
       WHERE (SELECT count(*) FROM event_endpoint
               WHERE tenant_id = $1 AND dialect = $3 AND status < 2) < $11
      """;

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM event_endpoint WHERE tenant_id = $1 AND id = $2 AND dialect = $3";

  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM event_endpoint WHERE tenant_id = $1 AND dialect = $2 AND status < 2";

  private static final String LOCK = FIND + " FOR NO KEY UPDATE";

  private static final String CHANGE =
      """
      UPDATE event_endpoint
         SET status = $3, url = $4, types = $5, secret = $6, detail = $7, updated_at = $8
       WHERE tenant_id = $1 AND id = $2
      RETURNING\s\
      """
          + COLUMNS;

  /** Ended by one statement: a receiver that was dead for long may have left any number. */
  private static final int MOST_ENDED = 1_000;

  /** Whoever attempts one of them just then writes nothing over it: it asks for its own state. */
  private static final String END_DELIVERIES =
      """
      WITH open AS (
        SELECT id FROM event_delivery
         WHERE tenant_id = $1 AND endpoint_id = $2 AND due_at IS NOT NULL
         ORDER BY due_at LIMIT $4)
      UPDATE event_delivery
         SET status = 3, due_at = NULL, updated_at = $3, error_code = 'endpoint_archived'
       WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT id FROM open)) AND due_at IS NOT NULL
      """;

  /** Whoever adds an endpoint counts them, and nobody else of the tenant does meanwhile. */
  private static final String ALONE = "SELECT pg_advisory_xact_lock($2, $1)";

  /** Names that lock among others. */
  private static final int ADDING = 1_702_262_895;

  private static final String TRY = Circuits.trial("$2", "$3", "$4");

  private final Statements statements;
  private final Statements lists;
  private final Statements background;
  private final Listeners listeners;
  private final Clock clock;

  /**
   * The store.
   *
   * @param clock says when a change happened
   */
  public EndpointStore(Pools pools, Listeners listeners, Clock clock) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
    this.background = pools.inBackground().lists();
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * Stores a new endpoint. Takes a moment longer than that: when it completes, every gateway knows,
   * so that nothing that begins afterwards is missed.
   *
   * @return false when the tenant has {@link #MAX_LIVE} already; nothing changed then
   */
  public Future<Boolean> insert(Endpoint endpoint) {
    TenantId tenant = endpoint.tenant();
    return statements
        .inTransaction(
            tenant,
            connection ->
                Statements.on(connection, ALONE, tenant.value(), ADDING)
                    .compose(alone -> insert(connection, endpoint)))
        .compose(
            inserted -> inserted ? listeners.spread().map(true) : Future.succeededFuture(false));
  }

  private static Future<Boolean> insert(SqlConnection connection, Endpoint endpoint) {
    return Statements.on(
            connection,
            INSERT,
            endpoint.tenant().value(),
            endpoint.id(),
            endpoint.dialect(),
            endpoint.status().code(),
            endpoint.url(),
            endpoint.types().toArray(String[]::new),
            endpoint.secret().orElse(null),
            endpoint.detail(),
            Rows.time(endpoint.createdAt()),
            Rows.time(endpoint.updatedAt()),
            (long) MAX_LIVE)
        .map(rows -> rows.rowCount() > 0);
  }

  /** Also an archived one. */
  public Future<Optional<Endpoint>> find(TenantId tenant, String dialect, UUID id) {
    return statements.first(FIND, row -> endpoint(tenant, row), tenant.value(), id, dialect);
  }

  /**
   * Newest first; archived ones are left out.
   *
   * @param after where the page before ended
   */
  public Future<List<Endpoint>> list(
      TenantId tenant,
      String dialect,
      Optional<EndpointStatus> status,
      Optional<Place> after,
      int limit) {
    var query = new Query(LIST, tenant.value(), dialect);
    status.ifPresent(only -> query.add("AND status = ?", only.code()));
    return lists.all(NEWEST.cut(query, after, limit), row -> endpoint(tenant, row));
  }

  /**
   * Changes an endpoint, so that of two changes at once none is lost. One that becomes archived
   * takes its open deliveries with it, which have failed then: the first {@value #MOST_ENDED} at
   * once, others in the moments after. Whatever is changed, a receiver that is left alone is tried
   * once more.
   *
   * @param change makes the endpoint as it is to be from what it is by then; one that is equal
   *     changes nothing
   * @return the endpoint as it is afterwards, or empty when there is none
   */
  public Future<Optional<Endpoint>> change(
      TenantId tenant, String dialect, UUID id, UnaryOperator<Endpoint> change) {
    return statements
        .inTransaction(
            tenant,
            connection ->
                Statements.on(connection, LOCK, tenant.value(), id, dialect)
                    .map(rows -> Rows.first(rows, row -> endpoint(tenant, row)))
                    .compose(
                        old ->
                            old.isEmpty()
                                ? Future.succeededFuture(old)
                                : change(connection, old.get(), change.apply(old.get()))))
        .onSuccess(changed -> changed.filter(Endpoint::isArchived).ifPresent(this::endDeliveries));
  }

  /** The rest of them, some at a time; were it cut off, what is old is deleted unattempted. */
  private void endDeliveries(Endpoint archived) {
    FreshSql.writeDown(background, archived.tenant(), archived.id())
        .compose(
            written ->
                background
                    .run(END_DELIVERIES, endingOf(archived, clock.instant()))
                    .map(ended -> written + ended.rowCount()))
        .onSuccess(
            ended -> {
              if (ended > 0) {
                endDeliveries(archived);
              }
            })
        .onFailure(failure -> LOG.warn("Deliveries to nobody are left: {}", failure.toString()));
  }

  private static Object[] endingOf(Endpoint archived, Instant now) {
    return new Object[] {
      archived.tenant().value(), archived.id(), Rows.time(now), (long) MOST_ENDED
    };
  }

  private Future<Optional<Endpoint>> change(
      SqlConnection connection, Endpoint old, Endpoint changed) {
    if (changed.equals(old)) {
      return Future.succeededFuture(Optional.of(old));
    }
    Instant now = clock.instant();
    Object tenant = old.tenant().value();
    Future<Optional<Endpoint>> stored =
        Statements.on(
                connection,
                CHANGE,
                tenant,
                old.id(),
                changed.status().code(),
                changed.url(),
                changed.types().toArray(String[]::new),
                changed.secret().orElse(null),
                changed.detail(),
                Rows.time(now))
            .map(rows -> Rows.first(rows, row -> endpoint(old.tenant(), row)));
    return stored
        .compose(
            endpoint ->
                changed.isArchived()
                    ? FreshSql.writeDown(connection, old.tenant(), old.id())
                        .compose(
                            written ->
                                Statements.on(connection, END_DELIVERIES, endingOf(changed, now)))
                        .map(endpoint)
                    : Future.succeededFuture(endpoint))
        .compose(
            endpoint ->
                Statements.on(
                        connection, TRY, tenant, old.id(), Rows.time(now), Circuits.nextTrial(now))
                    .map(endpoint));
  }

  static Endpoint endpoint(TenantId tenant, Row row) {
    return new Endpoint(
        tenant,
        row.getUUID("id"),
        row.getString("dialect"),
        EndpointStatus.ofCode(row.getShort("status")),
        row.getString("url"),
        List.of(row.getArrayOfStrings("types")),
        Optional.ofNullable(row.getBuffer("secret")).map(Buffer::copy),
        row.getString("detail"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
