package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.DatabaseLimits;
import io.sluice.dialect.Answer;
import io.sluice.store.Migrations;
import io.sluice.store.Pools;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.Reply;
import io.sluice.testing.TestDatabase;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
  /** Of locks only. */
  private static final DatabaseLimits IMPATIENT_WITH_LOCKS = TestDatabase.impatientWithLocks(100);

  private final TestingGateway gateway = TestingGateway.shared();

  @Test
  void livesAsLongAsItAnswers() {
    try (TestingManagement management = with(failing("database", "gone"))) {
      // Given a process whose database is gone

      // When
      Reply reply = management.anybody().get("/health/live");

      // Then
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("status").textValue()).isEqualTo("up");
    }
  }

  @Test
  void isReadyWhenDatabaseMigrationsAndLanesAreWell() {
    try (TestingManagement management =
        with(
            HealthChecks.database(gateway.assembly().pools()),
            TestingManagement.migrations(io.vertx.core.Vertx.vertx(), gateway),
            HealthChecks.lanes(gateway.assembly().pipeline()::connectedLanes),
            HealthChecks.transfers(gateway.assembly().pipeline()::databaseLacks))) {
      // Given a gateway that has started

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("checks").findValuesAsText("name"))
          .containsExactly("database", "migrations", "lanes", "transfers");
      assertThat(reply.json().path("checks").findValuesAsText("status")).containsOnly("up");
      assertThat(reply.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void isNotReadyWhileADatabaseTakesNoWrites() {
    try (TestDatabase database = TestDatabase.create()) {
      // Given
      Vertx vertx = Vertx.vertx();
      Pools pools = database.pools(vertx);
      Future<String> before = HealthChecks.database(pools).probe().get();
      assertThat(Await.result(before)).isEqualTo("takes writes");
      database.execute(
          "ALTER DATABASE "
              + database.database().name()
              + " SET default_transaction_read_only = on");
      database.cutConnections();

      // When: a connection that has not heard yet of its end may be tried first
      Waiting.until(() -> !isClosed(failure(HealthChecks.database(pools).probe().get())));
      Throwable failure = failure(HealthChecks.database(pools).probe().get());

      // Then
      assertThat(failure).hasMessageContaining("it takes no writes");
      Await.result(vertx.close());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"account", "listed_posting", "transfer", "lot", "lot_movement", "credential"})
  void isNotReadyWhileATableIsLocked(String table) throws SQLException {
    try (TestDatabase database = TestDatabase.create();
        Connection other = database.roles().owner().dataSource().getConnection()) {
      // Given
      Vertx vertx = Vertx.vertx();
      Pools pools = TestDatabase.pools(vertx, database.database().withLimits(IMPATIENT_WITH_LOCKS));
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");

      // When
      Throwable failure = failure(HealthChecks.database(pools).probe().get());

      // Then
      assertThat(failure).hasMessageContaining("55P03");
      other.rollback();
      Await.result(HealthChecks.database(pools).probe().get());
      Await.result(vertx.close());
    }
  }

  private static boolean isClosed(Throwable failure) {
    return failure.getMessage().contains("ClosedConnection");
  }

  private static Throwable failure(Future<String> probe) {
    return Await.result(
        probe
            .<Throwable>map(well -> new AssertionError("it is well: " + well))
            .recover(Future::succeededFuture));
  }

  @Test
  void namesTheCheckThatIsNotWell() {
    try (TestingManagement management = with(passing("one"), failing("two", "it is broken"))) {
      // Given one check of two that fails

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().path("status").textValue()).isEqualTo("down");
      assertThat(reply.json().at("/checks/0/status").textValue()).isEqualTo("up");
      assertThat(reply.json().at("/checks/1/status").textValue()).isEqualTo("down");
      assertThat(reply.json().at("/checks/1/detail").textValue()).isEqualTo("it is broken");
    }
  }

  @Test
  void waitsNoLongerThanItsDeadline() {
    var endless = new HealthCheck("database", () -> Promise.<String>promise().future());
    try (TestingManagement management =
        new TestingManagement(gateway, new Health(List.of(endless), 10))) {
      // Given a check that never ends

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().at("/checks/0/detail").textValue())
          .isEqualTo("no answer within 10 ms");
    }
  }

  @Test
  void takesACheckThatThrowsForUnwellAndShowsNothingOfIt() {
    try (TestingManagement management =
        with(
            new HealthCheck(
                "thrower",
                () -> {
                  throw new IllegalStateException("postgres://user:secret@host");
                }))) {
      // Given a check that throws something with a secret in it

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).doesNotContain("secret");
    }
  }

  @Test
  void asksOnceHoweverManyAskAtOnce() {
    // Given
    AtomicInteger asked = new AtomicInteger();
    Promise<String> slow = Promise.promise();
    HealthCheck check =
        new HealthCheck(
            "slow",
            () -> {
              asked.incrementAndGet();
              return slow.future();
            });
    Health health = new Health(List.of(check), Patience.LIMIT.toMillis());

    // When
    List<Future<Answer>> all = Stream.generate(health::ready).limit(20).toList();
    slow.complete("well");

    // Then
    assertThat(all).allMatch(answer -> Await.result(answer).status() == 200);
    assertThat(asked).hasValue(1);
    Await.result(health.ready());
    assertThat(asked).hasValue(2);
  }

  @Test
  void isNotReadyWhileItDrains() {
    try (TestingManagement management = with(passing("one"))) {
      // Given
      management.management.drain();

      // When
      Reply ready = management.anybody().get("/health/ready");

      // Then
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().at("/checks/0/name").textValue()).isEqualTo("draining");
      assertThat(management.anybody().get("/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void isNotReadyWithoutLanesOrWithMigrationsPending() {
    try (TestDatabase empty = TestDatabase.createEmpty();
        TestingManagement management =
            with(
                HealthChecks.lanes(() -> 0),
                HealthChecks.migrations(
                    io.vertx.core.Vertx.vertx(), new Migrations(empty.database())))) {
      // Given no lane and an empty database

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().at("/checks/0/detail").textValue()).contains("no lane");
      assertThat(reply.json().at("/checks/1/status").textValue()).isEqualTo("down");
    }
  }

  @Test
  void isNotReadyWhileTransfersFailForWhatTheDatabaseLacks() {
    try (TestingManagement management =
        with(HealthChecks.transfers(() -> Optional.of("the server has no more disk")))) {
      // Given a database that lacks something

      // When
      Reply reply = management.anybody().get("/health/ready");

      // Then
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().at("/checks/0/name").textValue()).isEqualTo("transfers");
      assertThat(reply.json().at("/checks/0/detail").textValue()).contains("no more disk");
    }
  }

  private TestingManagement with(HealthCheck... checks) {
    return new TestingManagement(gateway, List.of(checks));
  }

  private static HealthCheck passing(String name) {
    return new HealthCheck(name, () -> Future.succeededFuture("well"));
  }

  private static HealthCheck failing(String name, String why) {
    return new HealthCheck(name, () -> Future.failedFuture(new CheckFailed(why)));
  }
}
