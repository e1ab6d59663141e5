package io.sluice.store.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.scrip.DueLots.Due;
import io.sluice.store.scrip.DueLots.Place;
import io.sluice.testing.Await;
import io.sluice.testing.RowsRead;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway keeps the plan of what looks for due lots, made while there may have been none. */
class DueLotsPlanTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final int STORED = 500;
  private static final int ASKED = 8;

  private final TestDatabase test = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Pools pools = test.pools(vertx);
  private final DueLots lots = new DueLots(pools);

  @AfterEach
  void close() {
    Await.result(vertx.close());
    test.close();
  }

  @Test
  void readsWhatIsDueAndWhatIsBesideItThoughPlannedOnEmptyTables() {
    // Given
    due();
    store();
    due();
    long before = read();

    // When
    List<Due> found = due();

    // Then
    assertThat(found).hasSize(ASKED);
    assertThat(read() - before).isLessThan(10 * ASKED);
  }

  private List<Due> due() {
    return Await.result(lots.of(TENANT, Instant.now(), Place.FIRST, ASKED));
  }

  /** But of accounts: PostgreSQL 18 looks one up by a longer way while there are none. */
  private long read() {
    return RowsRead.of(pools, "lot,holder,transfer,lot_movement");
  }

  /** Each of a holder's and an account's own. */
  private void store() {
    Await.result(
        pools
            .lists()
            .run(
                """
                WITH tenants AS (
                  INSERT INTO tenant (id, name) VALUES (%1$d, 'x')
                ), asset AS (
                  INSERT INTO asset (tenant_id, id, kind, reference, scale, lots, created_at,
                                     updated_at)
                  VALUES (%1$d, gen_random_uuid(), 'plan', 'x', 0, true, now(), now())
                  RETURNING id
                ), made AS (
                  SELECT gen_random_uuid() AS id, i FROM generate_series(1, %2$d) AS i
                ), holders AS (
                  INSERT INTO holder (tenant_id, id, kind, reference, created_at, updated_at)
                  SELECT %1$d, id, 'plan', id::text, now(), now() FROM made
                ), accounts AS (
                  INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status,
                                       balance, updated_at)
                  SELECT %1$d, made.id, made.id, asset.id, 0, 2, 0, 1, now() FROM made, asset
                ), lots AS (
                  INSERT INTO lot (tenant_id, id, account_id, amount, remaining, created_at, due_at)
                  SELECT %1$d, id, id, 1, 1, now(), now() - i * interval '1 second' FROM made
                ), movements AS (
                  INSERT INTO lot_movement (tenant_id, transfer_id, lot_id, account_id, amount)
                  SELECT %1$d, id, id, id, 1 FROM made
                )
                INSERT INTO transfer (tenant_id, created_at, id, status, kind, detail, accounts)
                SELECT %1$d, now(), id, 1, 'scrip.credit', '{"program_id": "' || id || '"}', '{}'
                FROM made
                """
                    .formatted(TENANT.value(), STORED)));
  }
}
