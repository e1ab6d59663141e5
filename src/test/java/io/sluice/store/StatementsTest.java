package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.DatabaseLimits;
import io.sluice.config.DatabaseSettings;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest extends PgStoreTest {
  private Future<Integer> failing(String state, int times, AtomicInteger attempts) {
    return pools
        .lookUps()
        .inTransaction(
            new TenantId(1),
            connection ->
                attempts.incrementAndGet() > times
                    ? Future.succeededFuture(attempts.get())
                    : connection
                        .query(
                            "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$")
                        .execute()
                        .map(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void runsATransactionAgainThatWasTheVictimOfAnother(String state) {
    // Given
    var attempts = new AtomicInteger();

    // When
    int result = await(failing(state, 2, attempts));

    // Then
    assertThat(result).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "23505"})
  void givesATransactionUpThatFailsTooOftenOrForGood(String state) {
    // Given
    var attempts = new AtomicInteger();

    // When
    Future<Integer> hopeless = failing(state, 100, attempts);

    // Then
    assertThatThrownBy(() -> await(hopeless)).isInstanceOf(StoreException.class);
    assertThat(attempts).hasValue(state.equals("40001") ? 3 : 1);
  }

  @Test
  void leavesNothingOfAWorkThatThrows() {
    // Given
    Future<Void> broken =
        pools
            .lookUps()
            .inTransaction(
                new TenantId(1),
                connection ->
                    connection
                        .query("INSERT INTO tenant (id, name) VALUES (7, 'seven')")
                        .execute()
                        .map(
                            done -> {
                              throw new IllegalStateException("a defect");
                            }));

    // When
    assertThatThrownBy(() -> await(broken)).isInstanceOf(StoreException.class);

    // Then: also the connection is as good as new
    assertThat(await(new PgTenantStore(pools).list(10, 0))).isEmpty();
  }

  @Test
  void listsNeverTakeThePlacesOfLookUps() {
    // Given: lists have one connection, somebody has it, and nobody may wait
    DatabaseLimits narrow =
        DatabaseSettings.SECTION
            .of(Map.of("database.listPoolSize", "1", "database.poolWaitQueue", "0"))
            .limits();
    Pools shared = io.sluice.testing.TestDatabase.pools(vertx, test.database().withLimits(narrow));
    Promise<Void> until = Promise.promise();
    Future<Void> reader = shared.lists().pool().call("a party", connection -> until.future());
    assertThatThrownBy(() -> await(shared.lists().run("SELECT 1")))
        .isInstanceOf(StoreException.class);

    // When
    var found = await(shared.lookUps().first("SELECT 1", row -> row.getInteger(0)));

    // Then
    assertThat(found).contains(1);
    until.complete();
    await(reader);
  }
}
