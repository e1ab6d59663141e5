package io.sluice.store.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What holds for a tenant: its own request rate, and which of its tokens stand. */
public final class TenantRules {
  private static final String SET_RATE =
      "UPDATE tenant SET rate_per_second = $2, rate_burst = $3 WHERE id = $1";

  private static final String RATE =
      "SELECT id, rate_per_second, rate_burst FROM tenant"
          + " WHERE id = $1 AND rate_per_second IS NOT NULL";

  private static final String RATES =
      "SELECT id, rate_per_second, rate_burst FROM tenant WHERE rate_per_second IS NOT NULL";

  private static final String RATES_OF = RATES + " AND id = ANY($1)";

  private static final String REFUSE_TOKENS =
      "UPDATE tenant SET tokens_not_before = greatest(tokens_not_before, $2) WHERE id = $1";

  /** The tenant is active; what may have been issued at the very moment is from before it. */
  private static final String IN_TIME =
      "t.status = 0 AND (t.tokens_not_before IS NULL OR t.tokens_not_before < $2)";

  private static final String BACKED_BY_CREDENTIAL =
      "SELECT c.number FROM tenant t JOIN credential c ON c.tenant_id = t.id"
          + " WHERE t.id = $1 AND c.id = $3 AND c.generation = $4 AND c.revoked_at IS NULL AND "
          + IN_TIME;

  /** The number is NULL when no token about the subject has been seen before. */
  private static final String BACKED_BY_OTHER_ISSUER =
      "SELECT (SELECT c.number FROM credential c WHERE c.tenant_id = t.id AND c.id = $4) AS number"
          + " FROM tenant t WHERE t.id = $1"
          + " AND NOT EXISTS (SELECT FROM credential c WHERE c.tenant_id = t.id"
          + " AND c.id IN ($3, $4) AND c.revoked_at IS NOT NULL) AND "
          + IN_TIME;

  /** Another process may have been faster; its row tells the number too. */
  private static final String KEEP_SUBJECT =
      "INSERT INTO credential (tenant_id, id, type, label, name, issuer, created_at)"
          + " VALUES ($1, $2, $3, $2::text, $4, $5, $6)"
          + " ON CONFLICT (tenant_id, id) DO UPDATE SET issuer = excluded.issuer RETURNING number";

  private final Statements statements;

  public TenantRules(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * Gives a tenant a rate of its own, or takes it away.
   *
   * @return false when there is no such tenant
   */
  public Future<Boolean> setRate(TenantId tenant, Optional<TenantRate> rate) {
    return run(
            SET_RATE,
            Tuple.tuple()
                .addInteger(tenant.value())
                .addInteger(rate.map(TenantRate::perSecond).orElse(null))
                .addInteger(rate.map(TenantRate::burst).orElse(null)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The tenant's own rate, if it has one. */
  public Future<Optional<TenantRate>> rate(TenantId tenant) {
    return run(RATE, Tuple.of(tenant.value()))
        .map(rows -> Optional.ofNullable(rates(rows).get(tenant)));
  }

  /** Every tenant that has a rate of its own. */
  public Future<Map<TenantId, TenantRate>> rates() {
    return run(RATES, Tuple.tuple()).map(TenantRules::rates);
  }

  /** Of some tenants, those rates that they have. */
  public Future<Map<TenantId, TenantRate>> rates(Collection<TenantId> tenants) {
    Integer[] ids = tenants.stream().map(TenantId::value).toArray(Integer[]::new);
    return run(RATES_OF, Tuple.tuple().addArrayOfInteger(ids)).map(TenantRules::rates);
  }

  /**
   * Refuses every token of a tenant that was issued before a moment, for ever.
   *
   * @return false when there is no such tenant
   */
  public Future<Boolean> refuseTokensBefore(TenantId tenant, Instant moment) {
    return run(REFUSE_TOKENS, Tuple.of(tenant.value(), moment.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * What a well-signed token stands on: its tenant exists and has not refused tokens of that age,
   * and what stands behind it is in force. A subject of another issuer gets its number with its
   * first token.
   *
   * @param issuedAt not later than when it was issued
   * @param now when a subject is seen for the first time
   * @return empty when the token does not stand
   */
  public Future<Optional<CredentialNumber>> tokenStands(
      TenantId tenant, Backing backing, Instant issuedAt, Instant now) {
    Tuple asked = Tuple.of(tenant.value(), issuedAt.atOffset(ZoneOffset.UTC));
    return switch (backing) {
      case Backing.Credential(UUID id, int generation) ->
          run(BACKED_BY_CREDENTIAL, asked.addUUID(id).addInteger(generation))
              .map(rows -> Rows.first(rows, CredentialStore::number));
      case Backing.OtherIssuer other ->
          run(BACKED_BY_OTHER_ISSUER, asked.addUUID(other.subject()).addUUID(other.credential()))
              .compose(
                  rows ->
                      rows.size() == 0
                          ? Future.succeededFuture(Optional.empty())
                          : number(tenant, other, rows.iterator().next(), now).map(Optional::of));
    };
  }

  private Future<CredentialNumber> number(
      TenantId tenant, Backing.OtherIssuer other, Row row, Instant now) {
    return row.getInteger("number") == null
        ? keep(tenant, other, now)
        : Future.succeededFuture(CredentialStore.number(row));
  }

  private Future<CredentialNumber> keep(TenantId tenant, Backing.OtherIssuer other, Instant now) {
    Tuple subject =
        Tuple.of(
            tenant.value(),
            other.credential(),
            Backing.OtherIssuer.type().text(),
            other.name(),
            other.issuer(),
            now.atOffset(ZoneOffset.UTC));
    return run(KEEP_SUBJECT, subject).map(rows -> CredentialStore.number(rows.iterator().next()));
  }

  private Future<RowSet<Row>> run(String sql, Tuple arguments) {
    return statements.run(sql, arguments);
  }

  private static Map<TenantId, TenantRate> rates(RowSet<Row> rows) {
    Map<TenantId, TenantRate> rates = new LinkedHashMap<>();
    rows.forEach(
        row ->
            rates.put(
                new TenantId(row.getInteger("id")),
                new TenantRate(row.getInteger("rate_per_second"), row.getInteger("rate_burst"))));
    return rates;
  }
}
