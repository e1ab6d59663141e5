package io.sluice.store.access;

import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;

/** The audit in PostgreSQL. There is no way to change or take back what is written. */
public final class AuditStore {
  private static final String INSERT =
      "INSERT INTO audit (tenant_id, id, at, action, outcome, record)"
          + " VALUES ($1, $2, $3, $4, $5, $6)";

  private final Statements statements;

  public AuditStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** Writes a row down; fails when it is not stored. */
  public Future<Void> insert(AuditRow row) {
    return statements
        .run(
            INSERT,
            Tuple.of(
                row.tenant(),
                row.id(),
                row.at().atOffset(ZoneOffset.UTC),
                row.action(),
                row.outcome(),
                row.record()))
        .mapEmpty();
  }
}
