package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
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
import java.util.UUID;

/** Issuances and what their batches have in common, in PostgreSQL. */
public final class IssuanceStore {
  private static final String INSERT =
      """
      INSERT INTO isometric_issuance (tenant_id, id, reference, fingerprint, project_id, issued_at,
                                      reporting_period_start, reporting_period_end,
                                      created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      """
      SELECT id, reference, fingerprint, project_id, issued_at, reporting_period_start,
             reporting_period_end, created_at
        FROM isometric_issuance WHERE tenant_id = $1 AND reference = $2
      """;

  private static final String TAKE_SERIALS =
      "UPDATE isometric_project SET next_serial = next_serial + $3"
          + " WHERE tenant_id = $1 AND id = $2 RETURNING next_serial - $3 AS serial_from";

  private static final String INSERT_ORIGIN =
      """
      INSERT INTO isometric_batch_origin (
        tenant_id, id, issuance_id, project_id, supplier_id, removal_id, issued_at, sequestered_on,
        country_of_issue, serial_prefix, serial_from, kilograms, ccp_approved, carbon_removal_kg)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  private static final String ORIGINS =
      """
      SELECT id, serial_from, kilograms, supplier_id, sequestered_on
        FROM isometric_batch_origin WHERE tenant_id = $1 AND issuance_id = $2 ORDER BY serial_from
      """;

  private final Statements statements;

  /** A batch of an issuance, as issued, before anything was split. */
  public record IssuedBatch(
      UUID id, HolderId supplier, LocalDate sequesteredOn, long serialFrom, long kilograms) {}

  /** An issuance as stored: the one given, or an earlier one with the same reference. */
  public record Registered(Issuance issuance, List<IssuedBatch> batches) {}

  public IssuanceStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * Stores an issuance and its batches' origins in one transaction, unless its reference is taken.
   *
   * @param origins in the order of their serial numbers, which count from 0 here; the project's
   *     next number is added
   */
  public Future<Registered> register(Issuance issuance, List<Origin> origins) {
    TenantId tenant = issuance.tenant();
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, INSERT, parameters(issuance))
                .compose(
                    inserted ->
                        inserted.rowCount() == 0
                            ? Future.succeededFuture()
                            : insertOrigins(connection, tenant, issuance.project(), origins))
                .compose(done -> find(connection, tenant, issuance.reference())));
  }

  private static Object[] parameters(Issuance issuance) {
    return new Object[] {
      issuance.tenant().value(),
      issuance.id(),
      issuance.reference(),
      Buffer.buffer(issuance.fingerprint()),
      issuance.project(),
      Rows.time(issuance.issuedAt()),
      issuance.reportingPeriodStart(),
      issuance.reportingPeriodEnd(),
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
            origin.carbonRemovalKilograms().isEmpty()
                ? null
                : origin.carbonRemovalKilograms().toArray(Long[]::new)));
  }

  private static Future<Registered> find(
      SqlConnection connection, TenantId tenant, String reference) {
    return Statements.on(connection, FIND, tenant.value(), reference)
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
        Rows.instant(row, "issued_at"),
        row.getLocalDate("reporting_period_start"),
        row.getLocalDate("reporting_period_end"),
        Rows.instant(row, "created_at"));
  }

  private static IssuedBatch batch(Row row) {
    return new IssuedBatch(
        row.getUUID("id"),
        new HolderId(row.getUUID("supplier_id")),
        row.getLocalDate("sequestered_on"),
        row.getLong("serial_from"),
        row.getLong("kilograms"));
  }
}
