package io.sluice.store.corebanq;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which ledgers are children of which. */
public final class LedgerTree {
  /** The most children that are told of one ledger; the oldest come first. */
  public static final int MAX_CHILDREN = 1_000;

  private static final String ADD =
      """
      INSERT INTO corebanq_child (tenant_id, parent_id, ledger_id)
      VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING
      """;

  private static final String CHILDREN =
      """
      SELECT parent.id AS parent_id, child.ledger_id
        FROM unnest($2::uuid[]) AS parent (id)
       CROSS JOIN LATERAL (
         SELECT c.ledger_id
           FROM corebanq_child c
           JOIN holder h ON h.tenant_id = c.tenant_id AND h.id = c.ledger_id AND h.status <> $3
          WHERE c.tenant_id = $1 AND c.parent_id = parent.id
          ORDER BY c.ledger_id
          LIMIT $4) AS child
      """;

  private final Statements statements;

  public LedgerTree(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** Makes a ledger a child of another; both exist. Doing so again changes nothing. */
  public Future<Void> add(TenantId tenant, HolderId parent, HolderId child) {
    return statements.run(ADD, tenant.value(), parent.value(), child.value()).mapEmpty();
  }

  /**
   * The children of each of these ledgers, by id; those without any are left out, as are children
   * that are still being set up.
   */
  public Future<Map<HolderId, List<HolderId>>> children(
      TenantId tenant, Collection<HolderId> parents) {
    if (parents.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    UUID[] ids = parents.stream().map(HolderId::value).toArray(UUID[]::new);
    return statements
        .run(CHILDREN, tenant.value(), ids, HolderStatus.OPENING.code(), (long) MAX_CHILDREN)
        .map(LedgerTree::byParent);
  }

  private static Map<HolderId, List<HolderId>> byParent(RowSet<Row> rows) {
    Map<HolderId, List<HolderId>> children = new HashMap<>();
    for (Row row : rows) {
      children
          .computeIfAbsent(new HolderId(row.getUUID("parent_id")), p -> new ArrayList<>())
          .add(new HolderId(row.getUUID("ledger_id")));
    }
    return children;
  }
}
