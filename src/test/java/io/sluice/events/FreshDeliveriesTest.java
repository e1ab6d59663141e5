package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.dialect.Chore;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.Claim;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.DeliveryQueue.Served;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.store.events.EndpointStatus;
import io.sluice.testing.Await;
import io.sluice.testing.SettableClock;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What commits write of a delivery, and who makes a delivery of it. */
class FreshDeliveriesTest extends EventDeliveries {
  private static final String WAITING =
      "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final SettableClock CLOCK = SettableClock.atPresent();

  private final FreshDeliveries fresh = new FreshDeliveries(queue, listeners, CLOCK);

  FreshDeliveriesTest() {
    super(CLOCK);
  }

  private Chore.Round round() {
    return Await.result(fresh.round());
  }

  private List<Delivery> list(UUID endpoint) {
    return Await.result(deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), 100));
  }

  @Test
  void aCommitWritesNoDelivery() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());

    // When
    happen(tenant, "x");

    // Then
    assertThat(count("event_delivery")).isZero();
    assertThat(Await.result(queue.due(Served.NOBODY, now())))
        .extracting(Due::endpoint, Due::since)
        .containsExactly(tuple(endpoint, now()));
    assertThat(Await.result(deliveries.stats(tenant, DIALECT, now())).getFirst())
        .satisfies(stats -> assertThat(stats.pending()).isOne())
        .satisfies(stats -> assertThat(stats.oldestPendingAt()).contains(now()));
  }

  @Test
  void whoClaimsMakesTheDeliveriesThatHeMaySend() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    IntStream.range(0, 3).forEach(i -> happen(tenant, "x" + i));

    // When
    List<Claim> claims = claim(endpoint, 2);

    // Then
    assertThat(claims).extracting(Claim::body).containsExactlyInAnyOrder("x0", "x1");
    assertThat(claims).extracting(Claim::attempt).containsOnly(1);
    assertThat(count("event_fresh")).isOne();
    assertThat(list(endpoint))
        .extracting(Delivery::status)
        .containsExactlyInAnyOrder(
            DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENDING);
  }

  @Test
  void whatIsDueGoesBeforeWhatIsFresh() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "due");
    list(endpoint);
    happen(tenant, "fresh");

    // When
    List<Claim> claims = claim(endpoint, 1);

    // Then
    assertThat(claims).extracting(Claim::body).containsExactly("due");
    assertThat(claim(endpoint, 9)).extracting(Claim::body).containsExactly("fresh");
    assertThat(claim(endpoint, 9)).isEmpty();
  }

  @Test
  void whoAsksSeesWhatWasCommittedJustBefore() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    List<Delivery> listed = list(endpoint);

    // Then
    assertThat(listed)
        .singleElement()
        .satisfies(each -> assertThat(each.status()).isEqualTo(DeliveryStatus.PENDING))
        .satisfies(each -> assertThat(each.createdAt()).isEqualTo(now()))
        .satisfies(each -> assertThat(each.dueAt()).contains(now()));
    assertThat(list(endpoint)).isEqualTo(listed);
  }

  /** Or he would see neither what is fresh nor what was made of it. */
  @Test
  void whoAsksWaitsForAClaimThatIsUnderWay() throws SQLException {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    List<Delivery> listed =
        besideAClaim(
            () -> deliveries.list(tenant, endpoint, Optional.empty(), Optional.empty(), 100));

    // Then
    assertThat(listed).extracting(Delivery::status).containsExactly(DeliveryStatus.SENDING);
  }

  @Test
  void anArchivedEndpointTakesWhatIsBeingClaimedWithIt() throws SQLException {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");

    // When
    besideAClaim(
        () ->
            endpoints.change(
                tenant, DIALECT, endpoint, old -> old.withStatus(EndpointStatus.ARCHIVED)));

    // Then
    assertThat(delivery(tenant, endpoint).status()).isEqualTo(DeliveryStatus.FAILED);
  }

  /** A claim is committed once somebody waits for it. */
  private <T> T besideAClaim(Supplier<Future<T>> asked) throws SQLException {
    try (Connection other = ledger.testDatabase().database().dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute(
          """
          WITH taken AS (DELETE FROM event_fresh RETURNING *)
          INSERT INTO event_delivery (tenant_id, id, endpoint_id, event_id, status, attempts, due_at,
                                      created_at, updated_at)
          SELECT tenant_id, event_id, endpoint_id, event_id, 1, 1, now() + interval '1 h',
                 created_at, created_at FROM taken
          """);
      Future<T> answer = asked.get();
      Waiting.until(() -> count(WAITING) > 0);
      other.commit();
      return Await.result(answer);
    }
  }

  @Test
  void becomeDeliveriesOnceNobodyHasClaimedThemForAWhile() {
    // Given
    endpoint(tenant, receiver.url());
    happen(tenant, "x");
    Chore.Round early = round();
    CLOCK.advance(A_WHILE);

    // When
    Chore.Round late = round();

    // Then
    assertThat(early).isEqualTo(Chore.Round.IDLE);
    assertThat(late.lag()).isEqualTo(Duration.ofSeconds(1));
    assertThat(count("event_fresh")).isZero();
    assertThat(count("event_delivery")).isOne();
    assertThat(round()).isEqualTo(Chore.Round.IDLE);
  }

  @Test
  void haveTheirTurnEndpointByEndpoint() {
    // Given
    TenantId other = ledger.newTenant("other");
    endpoints(tenant, receiver.url(), 2);
    endpoint(other, receiver.url());
    happen(tenant, "x");
    happen(other, "y");
    CLOCK.advance(A_WHILE);
    round();
    long afterOne = count("event_delivery");
    happen(tenant, "x");
    CLOCK.advance(A_WHILE);

    // When
    IntStream.range(0, 2).forEach(i -> round());

    // Then
    assertThat(afterOne).isOne();
    assertThat(count("event_fresh")).isOne();
    assertThat(count("event_delivery")).isEqualTo(4);
  }

  @Test
  void failWithAnEndpointThatWasArchivedMeanwhile() {
    // Given a commit that did not yet know of it
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    ledger.testDatabase().execute("UPDATE event_endpoint SET status = 2");
    CLOCK.advance(A_WHILE);

    // When
    round();

    // Then
    assertThat(count("event_fresh")).isZero();
    Delivery delivery = delivery(tenant, endpoint);
    assertThat(delivery.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(delivery.last().errorCode()).contains("endpoint_archived");
  }

  @Test
  void waitForAnEndpointThatIsDisabled() {
    // Given
    UUID endpoint = endpoint(tenant, receiver.url());
    happen(tenant, "x");
    become(endpoint, EndpointStatus.DISABLED);

    // When
    List<Claim> claims = claim(endpoint, 9);

    // Then
    assertThat(claims).isEmpty();
    become(endpoint, EndpointStatus.ACTIVE);
    assertThat(claim(endpoint, 9)).hasSize(1);
  }

  private void become(UUID endpoint, EndpointStatus status) {
    Await.result(endpoints.change(tenant, DIALECT, endpoint, old -> old.withStatus(status)));
  }
}
