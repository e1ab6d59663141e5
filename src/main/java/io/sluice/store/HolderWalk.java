package io.sluice.store;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Goes through the holders of one kind, tenant by tenant and page by page. */
final class HolderWalk {
  private static final String BEFORE =
      "SELECT "
          + PgHolderStore.COLUMNS
          + " FROM holder WHERE tenant_id = $1 AND kind = $2 AND status <> $3 AND id < $4"
          + " ORDER BY id DESC LIMIT $5";

  /** After all ids, in the order of PostgreSQL. */
  private static final UUID LAST = new UUID(-1, -1);

  /** One probe for each tenant; Citus, which cannot do that on all nodes, reads an index whole. */
  private static final Forms TENANTS =
      new Forms(
          """
          SELECT id FROM tenant
           WHERE EXISTS (SELECT 1 FROM holder WHERE tenant_id = tenant.id AND kind = $1)
           ORDER BY id
          """,
          "SELECT DISTINCT tenant_id AS id FROM holder WHERE kind = $1 ORDER BY id");

  private HolderWalk() {}

  static Future<List<Holder>> before(
      Statements statements, TenantId tenant, String kind, Optional<HolderId> before, int limit) {
    return statements.all(
        BEFORE,
        row -> PgHolderStore.holder(tenant, row),
        tenant.value(),
        kind,
        HolderStatus.OPENING.code(),
        before.map(HolderId::value).orElse(LAST),
        (long) limit);
  }

  static Future<List<TenantId>> tenants(Statements statements, String kind) {
    return statements.all(TENANTS, row -> new TenantId(row.getInteger("id")), kind);
  }
}
