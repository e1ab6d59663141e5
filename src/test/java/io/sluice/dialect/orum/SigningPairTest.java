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
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SigningPairTest {
  private final LedgerFixture ledger = new LedgerFixture();
  private final Vertx vertx = Vertx.vertx();
  private final SecretBox box = SecretBox.ephemeral();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    ledger.close();
  }

  private SigningPair keys(Ids ids) {
    return new SigningPair(ids, Instant::now, new WebhookStore(ledger.pools()), box);
  }

  private List<String> signAtOnce(SigningPair keys, int count) {
    Promise<List<String>> signed = Promise.promise();
    vertx.runOnContext(
        here ->
            Future.all(
                    IntStream.range(0, count)
                        .mapToObj(i -> keys.sign(ledger.tenant(), Buffer.buffer("x")))
                        .toList())
                .map(done -> done.<String>list())
                .onComplete(signed));
    return Await.result(signed.future());
  }

  /** By the second message: the first one makes the pair. */
  private String signedAndKept(SigningPair keys) {
    signAtOnce(keys, 1);
    return signAtOnce(keys, 1).getFirst();
  }

  private void replaceThePair() {
    ledger.testDatabase().execute("DELETE FROM orum_keypair");
    signAtOnce(keys(ledger.ids()), 1);
  }

  private static Set<Thread> signing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().startsWith("sluice-signatures"))
        .collect(Collectors.toSet());
  }

  /** However many messages there are, and wherever they are signed. */
  @Test
  void oneThreadMakesAllSignatures() {
    // Given what the gateway and the demo have
    var pairs = List.of(keys(ledger.ids()), keys(ledger.ids()));
    Set<Thread> before = signing();

    // When
    pairs.forEach(keys -> signAtOnce(keys, 16));

    // Then
    Set<Thread> after = signing();
    after.removeAll(before);
    assertThat(after).hasSize(1);
  }

  @Test
  void looksAPairUpOnceForManyMessages() {
    // Given
    SigningPair keys = keys(ledger.ids());
    String before = signedAndKept(keys);

    // When
    ledger.testDatabase().execute("DELETE FROM orum_keypair");

    // Then
    assertThat(signAtOnce(keys, 16)).containsOnly(before);
  }

  @Test
  void signsWithAnotherPairOnceItHasBeenShown() {
    // Given
    SigningPair keys = keys(ledger.ids());
    String before = signedAndKept(keys);
    replaceThePair();

    // When
    Await.result(keys.find(ledger.tenant()));

    // Then
    assertThat(signAtOnce(keys, 1)).doesNotContain(before);
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
            box);
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
