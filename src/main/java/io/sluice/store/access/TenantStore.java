package io.sluice.store.access;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tenants, their limits, and whether their tokens stand. */
public final class TenantStore {
  /** A conflicting insert does not burn an id: the name is looked for first. */
  private static final String INSERT =
      "INSERT INTO tenant (name, created_at) SELECT $1::text, $2::timestamptz"
          + " WHERE NOT EXISTS (SELECT FROM tenant WHERE name = $1::text)"
          + " ON CONFLICT (name) DO NOTHING"
          + " RETURNING id, name, created_at, rate_per_second, rate_burst";

  private static final String FIND =
      "SELECT id, name, created_at, rate_per_second, rate_burst FROM tenant WHERE id = $1";

  private static final String FIND_BY_NAME =
      "SELECT id, name, created_at, rate_per_second, rate_burst FROM tenant WHERE name = $1";

  private static final String LIST =
      "SELECT id, name, created_at, rate_per_second, rate_burst FROM tenant"
          + " WHERE id > $1 ORDER BY id LIMIT $2";

  private static final String SET_RATE =
      "UPDATE tenant SET rate_per_second = $2, rate_burst = $3 WHERE id = $1"
          + " RETURNING id, name, created_at, rate_per_second, rate_burst";

  private static final String RATES =
      "SELECT id, rate_per_second, rate_burst FROM tenant WHERE rate_per_second IS NOT NULL";

  private static final String REFUSE_TOKENS =
      "UPDATE tenant SET tokens_not_before = greatest(tokens_not_before, $2) WHERE id = $1";

  /** No row, and so no standing, when the tenant does not exist. */
  private static final String STANDING =
      "SELECT (t.tokens_not_before IS NULL OR t.tokens_not_before <= $4)"
          + " AND NOT EXISTS (SELECT FROM credential c WHERE c.tenant_id = t.id"
          + " AND c.id IN ($2, $3) AND c.revoked_at IS NOT NULL)"
          + " FROM tenant t WHERE t.id = $1";

  private final Pool pool;

  public TenantStore(Pool pool) {
    this.pool = pool;
  }

  /** A new tenant, or empty when the name is taken. */
  public Future<Optional<Tenant>> insert(String name, Instant now) {
    return one(INSERT, Tuple.of(name, now.atOffset(ZoneOffset.UTC)));
  }

  public Future<Optional<Tenant>> find(TenantId id) {
    return one(FIND, Tuple.of(id.value()));
  }

  public Future<Optional<Tenant>> findByName(String name) {
    return one(FIND_BY_NAME, Tuple.of(name));
  }

  /**
   * Tenants by id.
   *
   * @param after only those with a greater id; 0 for the first page
   */
  public Future<List<Tenant>> list(int after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(after, limit))
        .map(
            rows -> {
              List<Tenant> tenants = new ArrayList<>(rows.size());
              rows.forEach(row -> tenants.add(tenant(row)));
              return tenants;
            });
  }

  /** Sets or takes away a tenant's own rate; empty when there is no such tenant. */
  public Future<Optional<Tenant>> setRate(TenantId id, Optional<TenantRate> rate) {
    return one(
        SET_RATE,
        Tuple.tuple()
            .addInteger(id.value())
            .addInteger(rate.map(TenantRate::perSecond).orElse(null))
            .addInteger(rate.map(TenantRate::burst).orElse(null)));
  }

  /** Every tenant that has a rate of its own. */
  public Future<Map<TenantId, TenantRate>> rates() {
    return pool.preparedQuery(RATES)
        .execute()
        .map(
            rows -> {
              Map<TenantId, TenantRate> rates = new LinkedHashMap<>();
              rows.forEach(row -> rate(row).ifPresent(r -> rates.put(id(row), r)));
              return rates;
            });
  }

  /**
   * Refuses every token of a tenant that was issued before a moment.
   *
   * @return false when there is no such tenant
   */
  public Future<Boolean> refuseTokensBefore(TenantId id, Instant moment) {
    return pool.preparedQuery(REFUSE_TOKENS)
        .execute(Tuple.of(id.value(), moment.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Whether a well-signed token stands: its tenant exists and has not refused tokens of that age,
   * and neither the token nor the credential behind it is revoked.
   */
  public Future<Boolean> tokenStands(
      TenantId tenant, UUID tokenId, UUID subject, Instant issuedAt) {
    return pool.preparedQuery(STANDING)
        .execute(Tuple.of(tenant.value(), tokenId, subject, issuedAt.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.size() == 1 && rows.iterator().next().getBoolean(0));
  }

  private Future<Optional<Tenant>> one(String sql, Tuple arguments) {
    return pool.preparedQuery(sql).execute(arguments).map(TenantStore::first);
  }

  private static Optional<Tenant> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(tenant(rows.iterator().next()));
  }

  private static Tenant tenant(Row row) {
    return new Tenant(
        id(row), row.getString("name"), row.getOffsetDateTime("created_at").toInstant(), rate(row));
  }

  private static TenantId id(Row row) {
    return new TenantId(row.getInteger("id"));
  }

  private static Optional<TenantRate> rate(Row row) {
    return Optional.ofNullable(row.getInteger("rate_per_second"))
        .map(perSecond -> new TenantRate(perSecond, row.getInteger("rate_burst")));
  }
}
