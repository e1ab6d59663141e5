package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.events.Outcome.Failed;
import io.sluice.store.events.Outcome.Taken;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What is to be delivered, shared by all gateways: each claims what it attempts, for a while. Who
 * does not say in time what became of it has lost it to the others.
 */
public final class DeliveryQueue {
  /** Endpoints looked at in one go. */
  private static final int MAX_ENDPOINTS = 1_000;

  /** Deliveries deleted in one go. */
  private static final int MAX_DELETED = 1_000;

  /**
   * The one statement that asks about all tenants; costs two index probes for each endpoint, and
   * reads what is fresh. The first endpoint of each tenant comes before the second of any.
   */
  private static final String DUE =
      """
      SELECT tenant_id, id, dialect, on_trial, since
        FROM (SELECT ready.*, row_number() OVER (PARTITION BY tenant_id
                                                 ORDER BY id <= served, id) AS turn
                FROM (SELECT p.tenant_id, p.id, p.dialect, c.open_until IS NOT NULL AS on_trial,
                             ($3::uuid[])[array_position($2::integer[], p.tenant_id)] AS served,
                             least(
                               (SELECT min(d.due_at) FROM event_delivery d
                                 WHERE d.tenant_id = p.tenant_id AND d.endpoint_id = p.id
                                   AND d.due_at <= $4),
                               (SELECT min(f.created_at) FROM event_fresh f
                                 WHERE f.tenant_id = p.tenant_id AND f.endpoint_id = p.id))
                               AS since
                        FROM event_endpoint p
                        LEFT JOIN event_circuit c
                          ON c.tenant_id = p.tenant_id AND c.endpoint_id = p.id
                       WHERE p.status = 0
                         AND (c.open_until IS NULL OR c.open_until <= $4)) AS ready
               WHERE since IS NOT NULL) AS in_turn
       ORDER BY turn, tenant_id <= $1, tenant_id
       LIMIT $5
      """;

  /** Of the next tenant, round by round. */
  private static final String NEXT_TO_FAN_OUT =
      """
      SELECT tenant_id, created_at FROM event
       WHERE fan_out IS NOT NULL AND tenant_id > $1
       ORDER BY tenant_id, id LIMIT 1
      """;

  /** The next endpoint that something is fresh for since before a time. */
  private static final String NEXT_FRESH =
      """
      SELECT tenant_id, endpoint_id, created_at FROM event_fresh
       WHERE (tenant_id, endpoint_id) > ($1, $2) AND created_at < $3
       ORDER BY tenant_id, endpoint_id, event_id LIMIT 1
      """;

  private static final String DELETE_FRESH =
      "DELETE FROM event_fresh WHERE tenant_id = $1 AND created_at < $2";

  private static final String TENANTS = "SELECT DISTINCT tenant_id FROM event_endpoint";

  private static final String DELETE_DELIVERIES =
      """
      WITH old AS (
        SELECT id FROM event_delivery
         WHERE tenant_id = $1 AND id < $2 AND (due_at IS NULL OR due_at < $4) ORDER BY id LIMIT $3)
      DELETE FROM event_delivery WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT id FROM old))
      """;

  private static final String DELETE_EVENTS =
      """
      WITH old AS (
        SELECT e.id FROM event e
         WHERE e.tenant_id = $1 AND e.id < $2 AND e.fan_out IS NULL
           AND NOT EXISTS (SELECT 1 FROM event_fresh f
                            WHERE f.tenant_id = $1 AND f.event_id = e.id)
           AND NOT EXISTS (SELECT 1 FROM event_delivery d
                            WHERE d.tenant_id = $1 AND d.event_id = e.id)
         ORDER BY e.id LIMIT $3)
      DELETE FROM event WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT id FROM old))
      """;

  private final Statements statements;

  public DeliveryQueue(Pools pools) {
    this.statements = pools.inBackground().lists();
  }

  /**
   * An active endpoint for which something is due.
   *
   * @param onTrial whether its receiver has failed so often that it is to get one at a time
   * @param since when the first of what is due became so
   */
  public record Due(
      TenantId tenant, UUID endpoint, String dialect, boolean onTrial, Instant since) {
    /** Nobody's, of whom nothing is being sent. */
    public static final Due FIRST =
        new Due(new TenantId(1), new UUID(0, 0), "", false, Instant.MAX);
  }

  /**
   * Who had his turn before.
   *
   * @param last the number of the tenant that was the last to have an endpoint served; 0 for none
   * @param endpoints the last one that was served of each tenant
   */
  public record Served(int last, Map<TenantId, UUID> endpoints) {
    /** Nobody yet. */
    public static final Served NOBODY = new Served(0, Map.of());
  }

  /**
   * Endpoints for which something is due, tenants in turn: one of each, then another of each that
   * has more. Those who were served come last. Not those whose receivers have failed so often that
   * they are left alone for a while.
   */
  public Future<List<Due>> due(Served before, Instant now) {
    List<Map.Entry<TenantId, UUID>> served = List.copyOf(before.endpoints().entrySet());
    return statements.all(
        DUE,
        row ->
            new Due(
                new TenantId(row.getInteger(0)),
                row.getUUID(1),
                row.getString(2),
                row.getBoolean(3),
                Rows.instant(row, "since")),
        before.last(),
        served.stream().map(each -> each.getKey().value()).toArray(Integer[]::new),
        Rows.uuids(served, Map.Entry::getValue),
        Rows.time(now),
        (long) MAX_ENDPOINTS);
  }

  /**
   * Claims what is due for an endpoint, the longest due first; nothing where it has been disabled
   * since it was found, or has failed too often by now.
   *
   * @param until when others may take what has not been finished
   */
  public Future<List<Claim>> claim(Due due, int most, Instant now, Instant until) {
    return statements.all(
        FreshSql.CLAIM,
        row -> claim(due.tenant(), row),
        due.tenant().value(),
        due.endpoint(),
        Rows.time(now),
        Rows.time(until),
        (long) most);
  }

  private static Claim claim(TenantId tenant, Row row) {
    return new Claim(
        row.getUUID("delivery_id"),
        EndpointStore.endpoint(tenant, row),
        row.getUUID("event_id"),
        row.getInteger("attempts"),
        row.getString("payload"));
  }

  /**
   * Stores what attempts came to, except those whose claims have been lost meanwhile: with one
   * statement those that were not good, with another one the others, since whoever has taken
   * something is back.
   *
   * @param outcomes of one endpoint, at least one
   */
  public Future<Void> finish(List<Outcome> outcomes, Instant now) {
    return finish(OutcomeSql.FAILED, of(Failed.class, outcomes), some -> failed(some, now))
        .compose(
            done ->
                finish(OutcomeSql.DELIVERED, of(Taken.class, outcomes), some -> taken(some, now)));
  }

  /**
   * Gives back what was claimed and not attempted, for whoever claims it next.
   *
   * @param claims of one tenant, at least one
   */
  public Future<Void> giveBack(List<Claim> claims, Instant now) {
    return statements
        .run(
            OutcomeSql.GIVE_BACK,
            claims.getFirst().endpoint().tenant().value(),
            Rows.uuids(claims, Claim::id),
            array(claims, Integer[]::new, Claim::attempt),
            Rows.time(now))
        .mapEmpty();
  }

  private static <T extends Outcome> List<T> of(Class<T> kind, List<Outcome> outcomes) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private <T extends Outcome> Future<Void> finish(
      String statement, List<T> some, Function<List<T>, List<Object>> rest) {
    if (some.isEmpty()) {
      return Future.succeededFuture();
    }
    Endpoint endpoint = some.getFirst().claim().endpoint();
    var parameters = new ArrayList<Object>();
    parameters.add(endpoint.tenant().value());
    parameters.add(endpoint.id());
    parameters.add(Rows.uuids(some, each -> each.claim().id()));
    parameters.add(array(some, Integer[]::new, each -> each.claim().attempt()));
    parameters.addAll(rest.apply(some));
    return statements.run(statement, parameters.toArray()).mapEmpty();
  }

  private static <T, V> V[] array(List<T> some, IntFunction<V[]> empty, Function<T, V> value) {
    return some.stream().map(value).toArray(empty);
  }

  private static List<Object> failed(List<Failed> some, Instant now) {
    return List.of(
        array(some, Integer[]::new, each -> status(each).code()),
        array(some, OffsetDateTime[]::new, DeliveryQueue::dueAt),
        array(some, Integer[]::new, each -> each.answer().status().orElse(null)),
        array(some, String[]::new, each -> each.answer().body().orElse(null)),
        array(some, String[]::new, each -> each.answer().errorCode().orElse(null)),
        array(some, String[]::new, each -> each.answer().error().orElse(null)),
        Rows.time(now),
        Rows.time(now.truncatedTo(ChronoUnit.HOURS)),
        Circuits.MOST_FAILURES,
        Circuits.micros(now));
  }

  private static DeliveryStatus status(Failed failed) {
    return switch (failed) {
      case Failed.Later later -> DeliveryStatus.PENDING;
      case Failed.GivenUp lost -> DeliveryStatus.FAILED;
    };
  }

  private static OffsetDateTime dueAt(Failed failed) {
    return failed instanceof Failed.Later later ? Rows.time(later.dueAt()) : null;
  }

  private static List<Object> taken(List<Taken> some, Instant now) {
    return List.of(
        array(some, Integer[]::new, each -> each.answer().status().orElse(null)),
        array(some, String[]::new, each -> each.answer().body().orElse(null)),
        DeliveryStatus.DELIVERED.code(),
        Rows.time(now),
        Rows.time(now.truncatedTo(ChronoUnit.HOURS)));
  }

  /**
   * A tenant that has an event without its deliveries.
   *
   * @param since when the oldest of them happened
   */
  public record Behind(TenantId tenant, Instant since) {}

  /**
   * The tenant after another one that has an event without its deliveries.
   *
   * @param after a tenant's number; 0 begins with the first
   */
  public Future<Optional<Behind>> behind(int after) {
    return statements.first(
        NEXT_TO_FAN_OUT,
        row ->
            new Behind(new TenantId(row.getInteger("tenant_id")), Rows.instant(row, "created_at")),
        after);
  }

  /** Writes the deliveries of a tenant's oldest event that has none yet; nothing when all have. */
  public Future<Void> fanOut(TenantId tenant) {
    return statements.run(EventSql.FAN_OUT, tenant.value()).mapEmpty();
  }

  /**
   * An endpoint that something is fresh for.
   *
   * @param since when the first of it happened
   */
  public record Fresh(TenantId tenant, UUID endpoint, Instant since) {}

  /**
   * The endpoint after another one for which something has been fresh since before a time.
   *
   * @param tenant the other one's; 0 begins with the first
   */
  public Future<Optional<Fresh>> fresh(int tenant, UUID endpoint, Instant before) {
    return statements.first(
        NEXT_FRESH,
        row ->
            new Fresh(
                new TenantId(row.getInteger("tenant_id")),
                row.getUUID("endpoint_id"),
                Rows.instant(row, "created_at")),
        tenant,
        endpoint,
        Rows.time(before));
  }

  /** Makes deliveries of what is fresh for an endpoint, up to 1,000. */
  public Future<Void> writeDown(Fresh fresh) {
    return FreshSql.writeDownUnclaimed(statements, fresh.tenant(), fresh.endpoint()).mapEmpty();
  }

  /** The tenants that ever had an endpoint. */
  public Future<List<TenantId>> tenants() {
    return statements.all(TENANTS, row -> new TenantId(row.getInteger(0)));
  }

  /**
   * Deletes some of what ended before a time, or has been due since before it: what is for
   * receivers that are left alone, or for endpoints that are disabled, would otherwise grow without
   * an end.
   *
   * @return whether there may be more
   */
  public Future<Boolean> deleteEnded(TenantId tenant, Instant before) {
    // The first id of that millisecond.
    var least = new UUID(before.toEpochMilli() << 16, 0);
    return statements
        .run(DELETE_FRESH, tenant.value(), Rows.time(before))
        .compose(
            fresh ->
                statements.run(
                    DELETE_DELIVERIES,
                    tenant.value(),
                    least,
                    (long) MAX_DELETED,
                    Rows.time(before)))
        .compose(
            deliveries ->
                statements
                    .run(DELETE_EVENTS, tenant.value(), least, (long) MAX_DELETED)
                    .map(
                        events ->
                            deliveries.rowCount() == MAX_DELETED
                                || events.rowCount() == MAX_DELETED));
  }
}
