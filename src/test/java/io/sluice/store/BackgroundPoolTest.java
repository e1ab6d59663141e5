package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.access.TenantRules;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.Listeners;
import io.sluice.store.orum.CustomerStore;
import io.sluice.store.orum.WebhookStore;
import io.sluice.store.scrip.DueLots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a gateway does again and again without a client keeps no reader from connections. */
class BackgroundPoolTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final Instant NOW = Instant.EPOCH;

  private final Notebook notebook = new Notebook();
  private final Pools pools = notebook.pools();

  private List<Supplier<Future<?>>> chores() {
    var queue = new DeliveryQueue(pools);
    var due = new DueLots(pools);
    var holders = new PgHolderStore(pools, Clock.systemUTC());
    return List.of(
        () -> WriteProbe.run(pools),
        () -> new TenantRules(pools).rates(),
        () -> new CustomerStore(pools).due(NOW, Optional.empty(), 1),
        () -> due.tenants(NOW),
        () -> due.of(TENANT, NOW, DueLots.Place.FIRST, 1),
        () -> holders.tenants("a kind"),
        () -> holders.before(TENANT, "a kind", Optional.empty(), 1),
        () -> new WebhookStore(pools).findInBackground(TENANT),
        queue::tenants,
        () -> queue.due(DeliveryQueue.Served.NOBODY, NOW),
        () -> queue.claim(DeliveryQueue.Due.FIRST, 1, NOW, NOW),
        () -> queue.deleteEnded(TENANT, NOW));
  }

  @Test
  void isWhereChoresAsk() {
    // When
    chores().forEach(Supplier::get);

    // Then
    assertThat(notebook.parties())
        .hasSameSizeAs(chores())
        .hasOnlyElementsOfType(BackgroundPool.Chore.class);
  }

  @Test
  void isWhereListenersAreLookedFor() {
    // Given
    Vertx vertx = Vertx.vertx();
    var listeners = new Listeners(vertx, pools);

    // When
    listeners.start();
    listeners.stop();

    // Then
    assertThat(notebook.parties()).hasOnlyElementsOfType(BackgroundPool.Chore.class).isNotEmpty();
    vertx.close().await();
  }

  @Test
  void isForTheSameParty() {
    // When
    pools.inBackground().lists().run("SELECT $1", TENANT.value());

    // Then
    assertThat(notebook.parties()).containsExactly(new BackgroundPool.Chore(TENANT.value()));
  }
}
