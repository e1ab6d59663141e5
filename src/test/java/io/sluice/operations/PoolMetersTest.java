package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.testing.Await;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.builder().withMetrics(new PoolMeters(registry)).build();
  private final TestDatabase database = TestDatabase.createEmpty();
  private final Pool pool = database.database().pool(vertx);

  @AfterEach
  void close() {
    Await.result(vertx.close());
    database.close();
  }

  @Test
  void showsWhoHasAConnection() {
    // When
    SqlConnection connection = Await.result(pool.getConnection());

    // Then
    assertThat(gauge("sluice.pool.in.use")).isEqualTo(1);
    Await.result(connection.close());
    Waiting.until(() -> gauge("sluice.pool.in.use") == 0);
    assertThat(registry.get("sluice.pool.use").timer().count()).isEqualTo(1);
    assertThat(registry.get("sluice.pool.wait").timer().totalTime(TimeUnit.SECONDS)).isPositive();
    assertThat(gauge("sluice.pool.waiting")).isZero();
    assertThat(gauge("sluice.pool.max")).isEqualTo(database.database().poolOptions().getMaxSize());
  }

  @Test
  void showsWhoWaitsForAConnection() {
    // Given
    List<SqlConnection> all =
        Stream.generate(() -> Await.result(pool.getConnection()))
            .limit(database.database().limits().poolSize())
            .toList();

    // When
    Future<?> waiting = pool.preparedQuery("SELECT 1").execute();

    // Then
    Waiting.until(() -> gauge("sluice.pool.waiting") == 1);
    assertThat(gauge("sluice.pool.in.use")).isEqualTo(all.size());
    all.forEach(connection -> Await.result(connection.close()));
    Await.result(waiting);
    Waiting.until(() -> gauge("sluice.pool.waiting") == 0 && gauge("sluice.pool.in.use") == 0);
  }

  private double gauge(String name) {
    return registry.get(name).tag("pool", "sluice").gauge().value();
  }
}
