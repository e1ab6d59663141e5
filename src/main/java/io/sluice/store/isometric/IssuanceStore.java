package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issuances and what their batches have in common, in PostgreSQL. */
public final class IssuanceStore {
  private static final String INSERT =
      """
      INSERT INTO isometric_issuance (tenant_id, id, reference, fingerprint, project_id,
                                      supplier_id, issued_at, reporting_period_start,
                                      reporting_period_end, supplier_kilograms, buffer_kilograms,
                                      first_batch_id, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT DO NOTHING
      """;

  private static final String SELECT =
      """
      SELECT i.id, i.reference, i.fingerprint, i.project_id, i.supplier_id, i.issued_at,
             i.reporting_period_start, i.reporting_period_end, i.supplier_kilograms,
             i.buffer_kilograms, i.created_at
      """;

  private static final String REGISTERED =
      SELECT + " FROM isometric_issuance i WHERE i.tenant_id = $1 AND i.reference = $2";

  private static final String MADE =
      """
      FROM isometric_issuance i
      WHERE i.tenant_id = $1
        AND EXISTS (SELECT FROM lot l WHERE l.tenant_id = $1 AND l.id = i.first_batch_id
                       AND l.origin_id = l.id)
      """;

  private static final String FIND = SELECT + MADE + " AND i.id = $2";

  private static final ListOrder LATEST = ListOrder.newest("i.issued_at", "i.id");
  private static final ListOrder NEWEST = ListOrder.newest("i.created_at", "i.id");

  private static final String TAKE_SERIALS =
      "UPDATE isometric_project SET next_serial = next_serial + $3"
          + " WHERE tenant_id = $1 AND id = $2 RETURNING next_serial - $3 AS serial_from";

  private static final String INSERT_ORIGIN =
      """
      INSERT INTO isometric_batch_origin (
        tenant_id, id, issuance_id, project_id, supplier_id, removal_id, issued_at, sequestered_on,
        country_of_issue, serial_prefix, serial_from, kilograms, ccp_approved, buffer,
        carbon_removal_kg)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """;

  private static final String REDRAW =
      """
      UPDATE isometric_batch_origin o SET id = $4
       WHERE o.tenant_id = $1 AND o.issuance_id = $2 AND o.id = $3
         AND NOT EXISTS (SELECT FROM lot l WHERE l.tenant_id = $1 AND l.id = $3 AND l.origin_id = $3)
      """;

  private static final String REDRAW_FIRST =
      """
      UPDATE isometric_issuance i SET first_batch_id = $4
       WHERE i.tenant_id = $1 AND i.id = $2 AND i.first_batch_id = $3
         AND NOT EXISTS (SELECT FROM isometric_batch_origin o WHERE o.tenant_id = $1 AND o.id = $3)
      """;

  private static final String ORIGINS =
      """
      SELECT id, serial_from, kilograms, sequestered_on, buffer
        FROM isometric_batch_origin WHERE tenant_id = $1 AND issuance_id = $2 ORDER BY serial_from
      """;

  private final Statements statements;
  private final Statements lists;

  /**
   * A batch of an issuance, as issued, before anything was split.
   *
   * @param buffer whether the buffer pool receives it, instead of the supplier
   */
  public record IssuedBatch(
      UUID id, LocalDate sequesteredOn, long serialFrom, long kilograms, boolean buffer) {}

  /** An issuance as stored: the one given, or an earlier one with the same reference. */
  public record Registered(Issuance issuance, List<IssuedBatch> batches) {}

  public IssuanceStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** The issuance of that id, once it has happened. */
  public Future<Optional<Issuance>> find(TenantId tenant, UUID id) {
    return statements.first(FIND, row -> issuance(tenant, row), tenant.value(), id);
  }

  /** All that have happened, by when they count from, the latest first. */
  public Future<List<Issuance>> list(Window window) {
    var query = new Query(SELECT + MADE, window.tenant().value());
    return lists.all(window.cut(query, LATEST), row -> issuance(window.tenant(), row));
  }

  /** A supplier's, by when they were entered, the latest first. */
  public Future<List<Issuance>> list(HolderId supplier, Window window) {
    var query = new Query(SELECT + MADE, window.tenant().value());
    return lists.all(
        window.cut(query.add("AND i.supplier_id = ?", supplier.value()), NEWEST),
        row -> issuance(window.tenant(), row));
  }

  /** How many there are, all or a supplier's, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Optional<HolderId> supplier) {
    Query query = Counts.of(MADE, tenant.value());
    supplier.ifPresent(id -> query.add("AND i.supplier_id = ?", id.value()));
    return Counts.run(lists, query);
  }

  /**
   * Stores an issuance and its batches' origins in one transaction, unless its reference is taken.
   *
   * @param origins one at least, in the order of their serial numbers, which count from 0 here; the
   *     project's next number is added
   */
  public Future<Registered> register(Issuance issuance, List<Origin> origins) {
    TenantId tenant = issuance.tenant();
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, INSERT, parameters(issuance, origins.getFirst().id()))
                .compose(
                    inserted ->
                        inserted.rowCount() == 0
                            ? Future.succeededFuture()
                            : insertOrigins(connection, tenant, issuance.project(), origins))
                .compose(done -> find(connection, tenant, issuance.reference())));
  }

  /**
   * Gives a batch another id, as long as none of these batches is a lot.
   *
   * @param taken the id that something else has, too
   */
  public Future<Registered> redraw(Issuance issuance, UUID taken, UUID drawn) {
    TenantId tenant = issuance.tenant();
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, REDRAW, tenant.value(), issuance.id(), taken, drawn)
                .compose(
                    done ->
                        Statements.on(
                            connection, REDRAW_FIRST, tenant.value(), issuance.id(), taken, drawn))
                .compose(done -> find(connection, tenant, issuance.reference())));
  }

  private static Object[] parameters(Issuance issuance, UUID firstBatch) {
    return new Object[] {
      issuance.tenant().value(),
      issuance.id(),
      issuance.reference(),
      Buffer.buffer(issuance.fingerprint()),
      issuance.project(),
      issuance.supplier().value(),
      Rows.time(issuance.issuedAt()),
      issuance.reportingPeriodStart(),
      issuance.reportingPeriodEnd(),
      issuance.supplierKilograms(),
      issuance.bufferKilograms(),
      firstBatch,
      Rows.time(issuance.createdAt())
    };
  }

  private static Future<Void> insertOrigins(
      SqlConnection connection, TenantId tenant, UUID project, List<Origin> origins) {
    long total = origins.stream().mapToLong(Origin::kilograms).reduce(0, Math::addExact);
    return Statements.on(connection, TAKE_SERIALS, tenant.value(), project, total)
        .map(rows -> rows.iterator().next().getLong("serial_from"))
        .compose(
            serialFrom -> {
              var rows = new ArrayList<Tuple>();
              origins.forEach(origin -> rows.add(row(tenant, origin, serialFrom)));
              return connection.preparedQuery(INSERT_ORIGIN).executeBatch(rows);
            })
        .mapEmpty();
  }

  private static Tuple row(TenantId tenant, Origin origin, long serialFrom) {
    return Tuple.from(
        Arrays.asList(
            tenant.value(),
            origin.id(),
            origin.issuance(),
            origin.project(),
            origin.supplier().value(),
            origin.removal(),
            Rows.time(origin.issuedAt()),
            origin.sequesteredOn(),
            origin.country(),
            origin.serialPrefix(),
            Math.addExact(serialFrom, origin.serialFrom()),
            origin.kilograms(),
            origin.ccpApproved(),
            origin.buffer(),
            origin.carbonRemovalKilograms().isEmpty()
                ? null
                : origin.carbonRemovalKilograms().toArray(Long[]::new)));
  }

  private static Future<Registered> find(
      SqlConnection connection, TenantId tenant, String reference) {
    return Statements.on(connection, REGISTERED, tenant.value(), reference)
        .map(rows -> issuance(tenant, rows.iterator().next()))
        .compose(
            issuance ->
                Statements.on(connection, ORIGINS, tenant.value(), issuance.id())
                    .map(rows -> new Registered(issuance, Rows.all(rows, IssuanceStore::batch))));
  }

  private static Issuance issuance(TenantId tenant, Row row) {
    return new Issuance(
        tenant,
        row.getUUID("id"),
        row.getString("reference"),
        row.getBuffer("fingerprint").getBytes(),
        row.getUUID("project_id"),
        new HolderId(row.getUUID("supplier_id")),
        Rows.instant(row, "issued_at"),
        row.getLocalDate("reporting_period_start"),
        row.getLocalDate("reporting_period_end"),
        row.getLong("supplier_kilograms"),
        row.getLong("buffer_kilograms"),
        Rows.instant(row, "created_at"));
  }

  private static IssuedBatch batch(Row row) {
    return new IssuedBatch(
        row.getUUID("id"),
        row.getLocalDate("sequestered_on"),
        row.getLong("serial_from"),
        row.getLong("kilograms"),
        row.getBoolean("buffer"));
  }
}
