package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists organisations and suppliers, newest first. */
public final class PartyStore {
  private static final String OF_KIND = "FROM holder WHERE tenant_id = $1 AND kind = $2";

  private static final String COLUMNS = "SELECT id, detail, created_at ";

  private static final String SUPPLIER_OF =
      COLUMNS
          + "FROM holder WHERE tenant_id = $1 AND kind = 'isometric.supplier'"
          + " AND ((detail::jsonb) ->> 'organisation') = $2";

  private final Statements lists;
  private final Statements lookUps;

  static final ListOrder NEWEST = ListOrder.newest("created_at", "id");

  /** A holder, as far as a list shows it; detail is the dialect's own JSON. */
  public record Party(HolderId id, String detail, Instant createdAt) {
    static Party of(Row row) {
      return new Party(
          new HolderId(row.getUUID("id")),
          row.getString("detail"),
          Rows.instant(row, "created_at"));
    }

    /** Where it is in lists. */
    public Place place() {
      return Place.of(createdAt, id.value());
    }
  }

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
    var query = new Query(COLUMNS + OF_KIND, window.tenant().value(), filter.kind());
    return lists.all(window.cut(filtered(query, filter), NEWEST), Party::of);
  }

  /** The supplier that an organisation is. */
  public Future<Optional<Party>> supplierOf(TenantId tenant, HolderId organisation) {
    return lookUps.first(SUPPLIER_OF, Party::of, tenant.value(), organisation.value().toString());
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
