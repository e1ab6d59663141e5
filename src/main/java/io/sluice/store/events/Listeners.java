package io.sluice.store.events;

import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which tenants have endpoints at all, so that the others pay nothing for events. What is known is
 * good for {@link #MAX_AGE_MS}; when it could not be asked again by then, everybody may listen. So
 * whoever waits that long after an endpoint was committed can be sure that every gateway knows of
 * it. May be used from any thread.
 */
public final class Listeners {
  /** How old what is known may be. */
  private static final long MAX_AGE_MS = 1_000;

  /** How often it is asked anew: some attempts may fail before everybody counts as a listener. */
  private static final long REFRESH_MS = 250;

  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(MAX_AGE_MS);

  private static final String FIND =
      "SELECT tenant_id, dialect, count(*) FROM event_endpoint WHERE status < 2 GROUP BY 1, 2";

  private final Vertx vertx;
  private final Statements statements;
  private volatile Known known;
  private volatile boolean stopped;

  /** The answer to a question that was sent at a time. */
  private record Known(Map<TenantId, Map<String, Integer>> endpoints, long askedNanos) {}

  /** Knows nothing yet, so that everybody may listen. */
  public Listeners(Vertx vertx, Pools pools) {
    this.vertx = vertx;
    this.statements = pools.lookUps();
    this.known = new Known(Map.of(), System.nanoTime() - 2 * MAX_AGE_NANOS);
  }

  /** Asks from now on, as long as the event loops run; answers when that has been done once. */
  public Future<Void> start() {
    return refresh()
        .onComplete(
            asked -> {
              if (!stopped) {
                vertx.timer(REFRESH_MS).onSuccess(waited -> start());
              }
            });
  }

  /** Asks no more; from then on everybody may listen. */
  public void stop() {
    stopped = true;
  }

  /**
   * For how many endpoints the commit of an event has to write something, about; none where surely
   * nobody listens. Costs nothing but a look into a map.
   */
  public int audience(TenantId tenant, String dialect) {
    Known now = known;
    int found = now.endpoints().getOrDefault(tenant, Map.of()).getOrDefault(dialect, 0);
    boolean old = System.nanoTime() - now.askedNanos() > MAX_AGE_NANOS;
    return Math.min(EventSql.MOST_IN_COMMIT, old ? Math.max(1, found) : found);
  }

  /** Whether anybody may listen, as far as is known. */
  public boolean isAnybodyThere() {
    Known now = known;
    return !now.endpoints().isEmpty() || System.nanoTime() - now.askedNanos() > MAX_AGE_NANOS;
  }

  /** Waits until every gateway knows of what has been committed by now. */
  Future<Void> spread() {
    return vertx.timer(MAX_AGE_MS + 1).mapEmpty();
  }

  private Future<Void> refresh() {
    long asked = System.nanoTime();
    return statements
        .all(FIND, row -> row)
        .map(
            rows -> {
              var endpoints = new HashMap<TenantId, Map<String, Integer>>();
              for (Row row : rows) {
                endpoints
                    .computeIfAbsent(new TenantId(row.getInteger(0)), tenant -> new HashMap<>())
                    .put(row.getString(1), row.getLong(2).intValue());
              }
              learn(new Known(endpoints, asked));
              return null;
            });
  }

  /** Answers may overtake one another. */
  private synchronized void learn(Known answer) {
    if (answer.askedNanos() - known.askedNanos() > 0) {
      known = answer;
    }
  }
}
