package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Outcome;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.testing.StubCall;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final TenantId CROWDED = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);
  private static final Gate<TenantId> SHUT =
      (call, operation) -> Future.failedFuture(new ApiException(answer(new Fault.NothingDone())));

  private final Operations<TenantId> table =
      new Operations<TenantId>()
          .post("move", "/transfers", (caller, call) -> said())
          .get("list", "/transfers", (caller, call) -> said());

  private static Future<Answer> said() {
    return Future.succeededFuture(Answer.json(200, Buffer.buffer("{}")));
  }

  private static Answer answer(Fault fault) {
    return Answer.json(429, Buffer.buffer(fault.toString()));
  }

  /** Has no room for one tenant. */
  private static final class Crowded implements TransferPipeline {
    @Override
    public Future<Outcome> submit(TransferCommand command) {
      throw new AssertionError("nothing is submitted here");
    }

    @Override
    public Optional<Duration> turnsAway(TenantId tenant) {
      return tenant.equals(CROWDED) ? Optional.of(Duration.ofSeconds(3)) : Optional.empty();
    }
  }

  private Future<Endpoint.Admitted> admit(Gate<TenantId> gate, int operation) {
    var turnstile =
        new Turnstile<>(
            gate, new Crowded(), tenant -> tenant, Set.of("move"), TurnstileTest::answer);
    List<Endpoint> endpoints = table.behind(turnstile);
    return endpoints.get(operation).admit(StubCall.ofBody("{}"));
  }

  private static Gate<TenantId> lettingIn(TenantId tenant) {
    return (call, operation) -> Future.succeededFuture(tenant);
  }

  @Test
  void turnsATransferAwayForWhichThereIsNoRoomBeforeItsBodyIsRead() {
    // When
    Future<Endpoint.Admitted> admitted = admit(lettingIn(CROWDED), 0);

    // Then
    assertThat(admitted.cause())
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                assertThat(refusal.answer().body().toString())
                    .isEqualTo(new Fault.Overloaded(Duration.ofSeconds(3)).toString()));
  }

  @Test
  void letsOthersTransfersPass() {
    // When
    Future<Endpoint.Admitted> admitted = admit(lettingIn(OTHER), 0);

    // Then
    assertThat(admitted.succeeded()).isTrue();
  }

  @Test
  void letsPassWhatMovesNothing() {
    // When
    Future<Endpoint.Admitted> admitted = admit(lettingIn(CROWDED), 1);

    // Then
    assertThat(admitted.succeeded()).isTrue();
  }

  @Test
  void asksTheGateFirst() {
    // When
    Future<Endpoint.Admitted> admitted = admit(SHUT, 0);

    // Then
    assertThat(admitted.cause())
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                assertThat(refusal.answer().body().toString())
                    .isEqualTo(new Fault.NothingDone().toString()));
  }
}
