package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.access.SecretBox;
import io.sluice.ledger.Ids;
import io.sluice.store.orum.WebhookStore;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SigningPairTest {
  private final LedgerFixture ledger = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    ledger.close();
  }

  /** Each pair costs a processor a tenth of a second and more, at the others' expense. */
  @Test
  void drawsOnePairForManyFirstMessagesAtOnce() {
    // Given
    var drawn = new AtomicInteger();
    Ids ids = ledger.ids();
    var keys =
        new SigningPair(
            ids,
            () -> {
              drawn.incrementAndGet();
              return Instant.EPOCH;
            },
            new WebhookStore(ledger.pools()),
            SecretBox.ephemeral());
    Promise<Void> signed = Promise.promise();

    // When
    vertx.runOnContext(
        here ->
            Future.all(
                    IntStream.range(0, 16)
                        .mapToObj(i -> keys.sign(ledger.tenant(), Buffer.buffer("x" + i)))
                        .toList())
                .<Void>mapEmpty()
                .onComplete(signed));

    // Then
    Await.result(signed.future());
    assertThat(drawn).hasValue(1);
  }
}
