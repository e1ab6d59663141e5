package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.RowsRead;
import io.sluice.testing.SettableClock;
import io.sluice.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** To find who has something due costs more, the more endpoints there are. */
class ManyEndpointsTest extends EventDeliveries {
  private static final int ENDPOINTS = 60;

  ManyEndpointsTest() {
    super(SettableClock.atPresent());
  }

  @Test
  void areAskedForOnceAndServedOneAfterTheOther() {
    // Given: a place for one at a time
    endpoints(tenant, receiver.url(), ENDPOINTS);
    happen(tenant, "x");
    Await.result(queue.fanOut(tenant));
    long before = endpointsRead();

    // When
    start(
        new Ways(Patience.LIMIT, 1),
        settings(Map.of("events.maxConcurrent", "1", "events.pollMs", "1000")));

    // Then
    Waiting.until(() -> receiver.heard().size() == ENDPOINTS);
    assertThat(endpointsRead() - before).isLessThan(ENDPOINTS * ENDPOINTS / 4);
  }

  private long endpointsRead() {
    return RowsRead.of(ledger.pools(), "event_endpoint");
  }
}
