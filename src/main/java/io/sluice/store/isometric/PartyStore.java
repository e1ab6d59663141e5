package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists organisations and suppliers, newest first. */
public final class PartyStore {
  private static final String OF_KIND = "FROM holder WHERE tenant_id = $1 AND kind = $2";

  private static final String SUPPLIER_OF =
      "SELECT id, detail FROM holder WHERE tenant_id = $1 AND kind = 'isometric.supplier'"
          + " AND ((detail::jsonb) ->> 'organisation') = $2";

  private final Statements lists;
  private final Statements lookUps;

  /** A holder, as far as a list shows it; detail is the dialect's own JSON. */
  public record Party(HolderId id, String detail) {}

  /**
   * Which holders to list.
   *
   * @param except one that is left out
   * @param only if not empty, the only ones to list
   */
  public record Filter(String kind, Optional<HolderId> except, Set<HolderId> only) {}

  public PartyStore(Pools pools) {
    this.lists = pools.lists();
    this.lookUps = pools.lookUps();
  }

  public Future<List<Party>> list(Filter filter, Window window) {
    var query = new Query("SELECT id, detail " + OF_KIND, window.tenant().value(), filter.kind());
    return lists.all(
        window.cut(filtered(query, filter)),
        row -> new Party(new HolderId(row.getUUID("id")), row.getString("detail")));
  }

  /** The supplier that an organisation is. */
  public Future<Optional<Party>> supplierOf(TenantId tenant, HolderId organisation) {
    return lookUps.first(
        SUPPLIER_OF,
        row -> new Party(new HolderId(row.getUUID("id")), row.getString("detail")),
        tenant.value(),
        organisation.value().toString());
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Filter filter) {
    return Counts.run(lists, filtered(Counts.of(OF_KIND, tenant.value(), filter.kind()), filter));
  }

  private static Query filtered(Query query, Filter filter) {
    filter.except().ifPresent(id -> query.add("AND id <> ?", id.value()));
    return filter.only().isEmpty()
        ? query
        : query.add("AND id = ANY(?)", (Object) Rows.uuids(filter.only(), HolderId::value));
  }
}
