package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.EndpointStore;
import io.sluice.testing.Await;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a tenant's endpoints may come to, and what one of them may have left. */
class EndpointBoundsTest extends EventDeliveries {
  private static final int BACKLOG = 2_500;
  private static final int AT_ONCE = 60;

  EndpointBoundsTest() {
    super(Clock.systemUTC());
  }

  @Test
  void areNoMoreThanATenantMayHaveThoughManyAreMadeAtOnce() {
    // Given
    endpoints(tenant, receiver.url(), EndpointStore.MAX_LIVE - 5);

    // When
    List<Boolean> made =
        Await.result(
                Future.join(
                    Stream.generate(() -> endpoints.insert(active(tenant, receiver.url())))
                        .limit(AT_ONCE)
                        .toList()))
            .list();

    // Then
    assertThat(made.stream().filter(each -> each)).hasSize(5);
    assertThat(count("event_endpoint")).isEqualTo(EndpointStore.MAX_LIVE);
  }

  @Test
  void endsABacklogSomeAtATimeWhenTheEndpointIsArchived() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    store(endpoint);

    // When
    Optional<Endpoint> archived =
        Await.result(
            endpoints.change(
                tenant, DIALECT, endpoint, old -> old.withStatus(EndpointStatus.ARCHIVED)));

    // Then
    assertThat(archived).map(Endpoint::status).hasValue(EndpointStatus.ARCHIVED);
    Waiting.until(() -> count("event_delivery WHERE due_at IS NOT NULL") == 0);
    assertThat(count("event_delivery WHERE status = 3")).isEqualTo(BACKLOG);
    assertThat(count("(SELECT DISTINCT updated_at FROM event_delivery) AS statements"))
        .isBetween(3L, 4L);
  }

  private void store(UUID endpoint) {
    Await.result(
        ledger
            .pools()
            .lists()
            .run(
                """
                INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, due_at, created_at,
                                            updated_at)
                SELECT %d, gen_random_uuid(), '%s', gen_random_uuid(), now(), now(), now()
                FROM generate_series(1, %d)
                """
                    .formatted(tenant.value(), endpoint, BACKLOG)));
  }
}
