package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Lists organisations and suppliers, newest first. */
public final class PartyStore {
  private static final String FILTERED =
      """
       FROM holder
      WHERE tenant_id = $1 AND kind = $2
        AND ($3::uuid IS NULL OR id <> $3)
        AND ($4::uuid[] IS NULL OR id = ANY($4))
      """;

  private static final String LIST =
      "SELECT id, detail"
          + FILTERED
          + " AND ($5::uuid IS NULL OR id %1$s $5) ORDER BY id %2$s LIMIT $6";

  private static final String COUNT = "SELECT count(*) AS parties" + FILTERED;

  private final Statements lists;

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
  }

  public Future<List<Party>> list(Filter filter, Window window) {
    return lists.all(
        window.descending(LIST),
        row -> new Party(new HolderId(row.getUUID("id")), row.getString("detail")),
        window.tenant().value(),
        filter.kind(),
        except(filter),
        only(filter),
        window.beyondOrNull(),
        (long) window.limit());
  }

  public Future<Long> count(TenantId tenant, Filter filter) {
    Function<Row, Long> number = row -> row.getLong("parties");
    return lists
        .first(COUNT, number, tenant.value(), filter.kind(), except(filter), only(filter))
        .map(Optional::orElseThrow);
  }

  private static UUID except(Filter filter) {
    return filter.except().map(HolderId::value).orElse(null);
  }

  private static UUID[] only(Filter filter) {
    return filter.only().isEmpty() ? null : Rows.uuids(filter.only(), HolderId::value);
  }
}
