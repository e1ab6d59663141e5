package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.pipeline.TenantHome.Order;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where commands wait while their tenant moves; the nodes are two pipelines to one server. */
class TenantHomeTest {
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  private final LedgerFixture fixture = new LedgerFixture();
  private final LanePipeline second = fixture.newPipeline(LedgerFixture.SETTINGS);
  private final NodeLanes former = new NodeLanes(fixture.pipeline(), () -> 1_000, RETRY_AFTER);
  private final NodeLanes latter = new NodeLanes(second, () -> 1_000, RETRY_AFTER);
  private final TenantHome home = new TenantHome();
  private final AccountRef payer = fixture.account(fixture.asset(false), AccountKind.SIMPLE, 1_000);
  private final AccountRef payee = fixture.account(payer.asset(), AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(second.close(5_000));
    fixture.close();
  }

  private Order payment(long nanosLeft) {
    return new Order(
        fixture.command(Leg.of(payer, payee, Amount.of(1))), false, System.nanoTime() + nanosLeft);
  }

  private Order payment() {
    return payment(TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void holdsCommandsUntilItIsKnown() {
    // Given
    List<Future<Outcome>> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      held.add(home.submit(payment()));
    }

    // When
    home.moveTo(latter);

    // Then
    held.forEach(each -> assertThat(Await.result(each)).isInstanceOf(Outcome.Posted.class));
    assertThat(fixture.balance(payee)).contains(Amount.of(3));
  }

  @Test
  void givesUpThoseWhoAreHeldBeyondTheirDeadlines() {
    // Given
    Future<Outcome> late = home.submit(payment(0));
    Future<Outcome> patient = home.submit(payment());

    // When
    home.expire(System.nanoTime(), former);

    // Then
    assertThat(Await.result(late)).isInstanceOf(Outcome.Expired.class);
    assertThat(patient.isComplete()).isFalse();
  }

  @Test
  void theTimeHeldIsPartOfTheDeadline() {
    // Given: others have come later, and are inside
    assertThat(Await.result(latter.submit(payment(), false))).isInstanceOf(Outcome.Posted.class);
    Future<Outcome> late = home.submit(payment(0));

    // When
    home.moveTo(latter);

    // Then
    assertThat(Await.result(late)).isInstanceOf(Outcome.Expired.class);
    assertThat(fixture.balance(payee)).contains(Amount.of(1));
  }

  @Test
  void movesWhenNothingIsInsideAnyMore() throws SQLException {
    // Given
    home.moveTo(former);
    try (Connection stranger = fixture.locking(payer)) {
      Future<Outcome> inside = home.submit(payment());

      // When
      home.moveTo(latter);
      Future<Outcome> held = home.submit(payment());

      // Then
      assertThat(home.lanes()).contains(former);
      assertThat(held.isComplete()).isFalse();

      // And when
      stranger.rollback();

      // Then
      assertThat(Await.result(inside)).isInstanceOf(Outcome.Posted.class);
      assertThat(Await.result(held)).isInstanceOf(Outcome.Posted.class);
      assertThat(home.lanes()).contains(latter);
    }
  }

  @Test
  void aNodeThatStandsStillTakesNoMoreThanItsShare() throws SQLException {
    // Given
    var narrow = new NodeLanes(fixture.pipeline(), () -> 1, RETRY_AFTER);
    home.moveTo(narrow);
    try (Connection stranger = fixture.locking(payer)) {
      Future<Outcome> inside = home.submit(payment());

      // When
      Outcome next = Await.result(home.submit(payment()));

      // Then
      assertThat(next).isEqualTo(new Outcome.Overloaded(RETRY_AFTER));

      // And when
      stranger.rollback();

      // Then
      assertThat(Await.result(inside)).isInstanceOf(Outcome.Posted.class);
      assertThat(Await.result(home.submit(payment()))).isInstanceOf(Outcome.Posted.class);
    }
  }
}
