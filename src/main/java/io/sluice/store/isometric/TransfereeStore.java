package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which organisations may receive from an organisation. */
public final class TransfereeStore {
  private static final String LISTS =
      "SELECT organisation_id, transferee_id FROM isometric_transferee"
          + " WHERE tenant_id = $1 AND organisation_id = ANY($2::uuid[])";

  // Serialises two replacements of one list; the second sees the first one's rows.
  private static final String LOCK =
      "SELECT 1 FROM holder WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE";

  private static final String CLEAR =
      "DELETE FROM isometric_transferee WHERE tenant_id = $1 AND organisation_id = $2";

  private static final String FILL =
      "INSERT INTO isometric_transferee (tenant_id, organisation_id, transferee_id)"
          + " SELECT $1, $2, unnest($3::uuid[])";

  private final Statements statements;

  public TransfereeStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  private record Entry(HolderId organisation, HolderId transferee) {}

  /** The list of each organisation; an empty one where none is set. */
  public Future<Map<HolderId, Set<HolderId>>> lists(
      TenantId tenant, Collection<HolderId> organisations) {
    return statements
        .all(
            LISTS,
            row ->
                new Entry(
                    new HolderId(row.getUUID("organisation_id")),
                    new HolderId(row.getUUID("transferee_id"))),
            tenant.value(),
            Rows.uuids(organisations, HolderId::value))
        .map(
            entries -> {
              Map<HolderId, Set<HolderId>> lists = HashMap.newHashMap(organisations.size());
              organisations.forEach(organisation -> lists.put(organisation, new HashSet<>()));
              entries.forEach(entry -> lists.get(entry.organisation()).add(entry.transferee()));
              return lists;
            });
  }

  /** Replaces the list by one of existing organisations. */
  public Future<Void> replace(TenantId tenant, HolderId organisation, Set<HolderId> transferees) {
    Object owner = organisation.value();
    Object list = Rows.uuids(transferees, HolderId::value);
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), owner)
                .compose(locked -> Statements.on(connection, CLEAR, tenant.value(), owner))
                .compose(cleared -> Statements.on(connection, FILL, tenant.value(), owner, list))
                .mapEmpty());
  }
}
