package io.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final EventLoop here = EventLoop.create(vertx);
  private final EventLoop there = EventLoop.create(vertx);
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private static Promise<String> promise(EventLoop loop, String name, Queue<String> told) {
    Promise<String> promise = loop.promise();
    promise
        .future()
        .onSuccess(value -> told.add(name + " " + value + (loop.isHere() ? "" : " elsewhere")));
    return promise;
  }

  @Test
  void tellsEachWhereHeIsInTheOrderOfThePromises() {
    // Given
    List<Promise<String>> promises = new ArrayList<>();
    IntStream.range(0, 3)
        .forEach(
            i -> {
              promises.add(promise(here, "here", told));
              promises.add(promise(there, "there", told));
            });

    // When
    Await.result(
        here.call(
            () -> {
              var mail = new Mail();
              IntStream.range(0, 6).forEach(i -> mail.keep(promises.get(i), Integer.toString(i)));
              told.add("sent");
              mail.send();
              return Future.succeededFuture();
            }));
    promises.forEach(promise -> Await.result(promise.future()));
    Await.result(there.call(Future::succeededFuture));

    // Then
    assertThat(told)
        .containsSubsequence("here 0", "here 2", "here 4", "sent", "there 1", "there 3", "there 5")
        .hasSize(7);
  }

  @Test
  void tellsWhoIsNowhereAtOnce() {
    // Given
    Promise<String> promise = Promise.promise();

    // When
    new Mail().keep(promise, "a");

    // Then
    assertThat(promise.future().result()).isEqualTo("a");
  }
}
