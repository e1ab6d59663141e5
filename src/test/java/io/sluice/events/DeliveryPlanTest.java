package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.events.Circuits;
import io.sluice.store.events.Claim;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.Outcome;
import io.sluice.testing.Await;
import io.sluice.testing.RowsRead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A gateway keeps the plans of what delivers, which it may have made while nothing had happened.
 */
class DeliveryPlanTest extends EventDeliveries {
  private static final int STORED = 2_000;
  private static final int CLAIMED = 8;

  private Instant now = now();

  DeliveryPlanTest() {
    super(Clock.systemUTC());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true"})
  void readsWhatItClaimsAndTellsAndNoMoreThoughPlannedOnEmptyTables(boolean taken, boolean fresh) {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    deliver(endpoint, taken);
    store(endpoint, fresh);
    deliver(endpoint, taken);
    long planned = fetched();

    // When
    List<Claim> claims = deliver(endpoint, taken);

    // Then
    assertThat(claims).hasSize(CLAIMED);
    assertThat(fetched() - planned).isLessThan(10 * CLAIMED);
  }

  /** One round of the deliverer's, over the same connection as those before it, long after them. */
  private List<Claim> deliver(UUID endpoint, boolean taken) {
    now = now.plus(Circuits.LONGEST_BREAK);
    var due = new Due(tenant, endpoint, DIALECT, false, now);
    Instant until = now.plus(Duration.ofHours(1));
    List<Claim> claims = Await.result(queue.claim(due, CLAIMED, now, until));
    List<Claim> all = claims.isEmpty() ? List.of(stray(endpoint), stray(endpoint)) : claims;
    Await.result(queue.giveBack(List.of(all.getFirst()), now));
    List<Outcome> outcomes = all.stream().skip(1).map(claim -> outcome(claim, taken)).toList();
    Await.result(queue.finish(outcomes, now));
    return claims;
  }

  private static Outcome outcome(Claim claim, boolean taken) {
    return taken
        ? new Outcome.Taken(claim, nothing())
        : new Outcome.Failed.GivenUp(claim, nothing());
  }

  private Claim stray(UUID endpoint) {
    var found = Await.result(endpoints.find(tenant, DIALECT, endpoint)).orElseThrow();
    return new Claim(ledger.ids().next(), found, ledger.ids().next(), 1, "");
  }

  /** Deliveries, or what becomes one with its claim. */
  private void store(UUID endpoint, boolean fresh) {
    String row =
        fresh
            ? "event_fresh (tenant_id, endpoint_id, event_id, created_at)"
                + " SELECT %1$d, '%3$s', id, now() FROM told"
            : "event_delivery (tenant_id, id, endpoint_id, event_id, due_at, created_at,"
                + " updated_at) SELECT %1$d, gen_random_uuid(), '%3$s', id, now(), now(), now()"
                + " FROM told";
    Await.result(
        ledger
            .pools()
            .lists()
            .run(
                """
                WITH told AS (
                  INSERT INTO event (tenant_id, id, dialect, type, subject, payload, created_at)
                  SELECT %1$d, gen_random_uuid(), '%2$s', 'happened', gen_random_uuid(), 'x', now()
                  FROM generate_series(1, %4$d)
                  RETURNING id
                )
                INSERT INTO\s\
                """
                    .concat(row)
                    .formatted(tenant.value(), DIALECT, endpoint, STORED)));
  }

  private long fetched() {
    return RowsRead.of(ledger.pools(), "event,event_delivery,event_fresh");
  }
}
