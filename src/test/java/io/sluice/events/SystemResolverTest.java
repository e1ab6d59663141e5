package io.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.testing.Await;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
  private static final TenantId ONE = new TenantId(1);
  private static final TenantId OTHER = new TenantId(2);

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch slowAnswers = new CountDownLatch(1);
  private final AtomicInteger questions = new AtomicInteger();
  private final SystemResolver resolver = new SystemResolver(vertx, this::answer);

  @AfterEach
  void close() {
    slowAnswers.countDown();
    Await.result(vertx.close());
  }

  private InetAddress[] answer(String host) throws UnknownHostException {
    questions.incrementAndGet();
    if (host.startsWith("slow")) {
      await();
    }
    if (host.startsWith("no")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.ofLiteral("192.0.2.1")};
  }

  private void await() {
    try {
      slowAnswers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answersOthersWhileATenantsNamesTakeAsLongAsTheyLike() {
    // Given: many more of its names than there are threads
    IntStream.range(0, 10 * SystemResolver.THREADS)
        .forEach(i -> resolver.resolve(ONE, "slow" + i + ".example"));

    // When
    List<InetAddress> addresses = Await.result(resolver.resolve(OTHER, "quick.example"));

    // Then
    assertThat(addresses).hasSize(1);
  }

  @Test
  void asksNobodyAboutAnAddress() {
    // Given
    List<String> literals = List.of("192.0.2.7", "2001:db8::7");

    // When
    List<InetAddress> addresses =
        literals.stream()
            .flatMap(each -> Await.result(resolver.resolve(ONE, each)).stream())
            .toList();

    // Then
    assertThat(addresses).isEqualTo(literals.stream().map(InetAddress::ofLiteral).toList());
    assertThat(questions).hasValue(0);
  }

  @Test
  void asksOnceWhatIsAskedAtOnce() {
    // Given
    List<Future<List<InetAddress>>> asked =
        IntStream.range(0, 10 * SystemResolver.THREADS)
            .mapToObj(i -> resolver.resolve(ONE, "slow.example"))
            .toList();
    Waiting.until(() -> questions.get() == 1);

    // When
    slowAnswers.countDown();

    // Then
    asked.forEach(each -> assertThat(Await.result(each)).hasSize(1));
    assertThat(questions).hasValue(1);
  }

  @Test
  void asksAgainWhatCameToAnEnd() {
    // Given
    IntStream.range(0, 10 * SystemResolver.THREADS)
        .forEach(i -> Await.result(resolver.resolve(ONE, "no" + i).otherwise(List.of())));

    // When
    List<InetAddress> addresses = Await.result(resolver.resolve(ONE, "quick.example"));

    // Then
    assertThat(addresses).hasSize(1);
  }

  @Test
  void answersEachWhereItAskedThoughTheyShareTheQuestion() {
    // Given
    List<Future<Boolean>> answered =
        Stream.generate(() -> EventLoop.create(vertx)).limit(3).map(this::answeredAt).toList();
    Waiting.until(() -> questions.get() == 1);

    // When
    slowAnswers.countDown();

    // Then
    answered.forEach(each -> assertThat(Await.result(each)).isTrue());
    assertThat(questions).hasValue(1);
  }

  /** Whether the answer to a question that has been asked by now comes where it was asked. */
  private Future<Boolean> answeredAt(EventLoop loop) {
    Future<Boolean> answered =
        loop.call(() -> resolver.resolve(ONE, "slow.example").map(found -> loop.isHere()));
    Await.result(loop.call(Future::succeededFuture));
    return answered;
  }
}
