package io.sluice.store.access;

import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.access.AuditQuery.About;
import io.sluice.store.access.AuditQuery.Found;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The audit in PostgreSQL. There is no way to change or take back what is written. */
public final class AuditStore {
  private static final ListOrder NEWEST = ListOrder.newest("at", "id");

  private static final String INSERT =
      "INSERT INTO audit (tenant_id, id, at, action, outcome, transfer_id, credential, request,"
          + " record) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

  private static final String PLACE = "SELECT at, id FROM audit WHERE tenant_id = $1 AND id = $2";

  private final Statements statements;
  private final Statements lists;

  public AuditStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** Writes a row down; fails when it is not stored. */
  public Future<Void> insert(AuditRow row) {
    return statements
        .run(
            INSERT,
            Tuple.of(
                row.tenant(),
                row.id(),
                time(row.at()),
                row.action(),
                row.outcome(),
                row.transfer().orElse(null),
                row.credential().orElse(null),
                row.request().orElse(null),
                row.record()))
        .mapEmpty();
  }

  /** Where a tenant's row stands. */
  public Future<Optional<Place>> place(int tenant, UUID id) {
    return lists.first(PLACE, AuditStore::place, tenant, id);
  }

  /** Rows, newest first. */
  public Future<List<Found>> list(AuditQuery wanted, int limit) {
    var query = new Query("SELECT at, id, record FROM audit WHERE tenant_id = $1", wanted.tenant());
    wanted.about().ifPresent(about -> add(query, about));
    wanted.from().ifPresent(from -> query.add("AND at >= ?", time(from)));
    wanted.to().ifPresent(to -> query.add("AND at < ?", time(to)));
    return lists.all(
        NEWEST.cut(query, wanted.before(), limit),
        row -> new Found(place(row), row.getString("record")));
  }

  private static Query add(Query query, About about) {
    return switch (about) {
      case About.Action(String name) -> query.add("AND action = ?", name);
      case About.Request(String id) -> query.add("AND request = ?", id);
      case About.Transfer(UUID id) -> query.add("AND transfer_id = ?", id);
      case About.Credential(int number) -> query.add("AND credential = ?", number);
    };
  }

  private static Place place(Row row) {
    return Place.of(Rows.instant(row, "at"), row.getUUID("id"));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
