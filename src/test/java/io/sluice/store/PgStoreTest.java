package io.sluice.store;

import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What tests of the stores share: a database of their own and a clock that stands still. */
abstract class PgStoreTest {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00.654321Z");

  final TestDatabase test = TestDatabase.create();
  final Vertx vertx = Vertx.vertx();
  final Pools pools = test.pools(vertx);
  final Pool pool = test.rawPool(vertx);
  final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  @AfterEach
  void closeAll() {
    await(vertx.close());
    test.close();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer within " + Patience.LIMIT, e);
    }
  }
}
