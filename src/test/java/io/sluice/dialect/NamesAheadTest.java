package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.PgTenantStore;
import io.sluice.store.Pools;
import io.sluice.testing.Await;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamesAheadTest {
  private static final long MIB = 1_048_576;

  /** More than are read at once. */
  private static final int HOLDERS = 450;

  private final TestDatabase test = TestDatabase.create();
  private final Vertx vertx = Vertx.vertx();
  private final Pools pools = test.pools(vertx);
  private final HolderStore holders = new PgHolderStore(pools, Clock.systemUTC());
  private final Ids ids = new TimeOrderedIds();
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    Await.result(vertx.close());
    test.close();
  }

  private TenantId tenant(String name) {
    return Await.result(new PgTenantStore(pools).create(name)).orElseThrow().id();
  }

  private HolderId store(TenantId tenant, String kind, String reference, HolderStatus status) {
    var id = new HolderId(ids.next());
    Holder holder =
        Holder.active(tenant, id, kind, reference, "{}", Clock.systemUTC().instant())
            .withStatus(status);
    assertThat(Await.result(holders.insert(holder))).isTrue();
    return id;
  }

  private Known<String, HolderId> known(NameIndex index) {
    return new Known<>(
        10,
        index.names("kind", NameIndex.ofHolders(Digest::add)),
        (tenant, names) -> {
          asked.addAll(names);
          return Future.succeededFuture(Map.of());
        });
  }

  private void round(Known<String, HolderId> known) {
    var ahead =
        new NamesAhead<>(
            holders,
            "kind",
            known,
            found -> found.stream().collect(Collectors.toMap(Holder::reference, Holder::id)));
    Await.result(ahead.chore().work().get());
  }

  @Test
  void knowsAllHoldersOfItsKindBeforeAnybodyNamesThem() {
    // Given
    TenantId first = tenant("first");
    TenantId second = tenant("second");
    List<HolderId> stored = new ArrayList<>();
    for (int i = 0; i < HOLDERS; i++) {
      stored.add(store(first, "kind", "name " + i, HolderStatus.ACTIVE));
    }
    HolderId foreign = store(second, "kind", "name 0", HolderStatus.ACTIVE);
    Known<String, HolderId> known = known(new NameIndex(MIB));

    // When
    round(known);

    // Then
    for (int i = 0; i < HOLDERS; i++) {
      assertThat(Await.result(known.find(first, "name " + i))).contains(stored.get(i));
    }
    assertThat(Await.result(known.find(second, "name 0"))).contains(foreign);
    assertThat(asked).isEmpty();
  }

  @Test
  void leavesOtherKindsAndWhatIsBeingSetUpToThoseWhoAsk() {
    // Given
    TenantId tenant = tenant("tenant");
    store(tenant, "other", "other", HolderStatus.ACTIVE);
    store(tenant, "kind", "opening", HolderStatus.OPENING);
    store(tenant, "kind", "name", HolderStatus.ACTIVE);
    Known<String, HolderId> known = known(new NameIndex(MIB));

    // When
    round(known);

    // Then
    Await.result(known.find(tenant, List.of("other", "opening", "name")));
    assertThat(asked).containsExactlyInAnyOrder("other", "opening");
  }

  @Test
  void readsNothingWhereNothingCanBeKept() {
    // Given
    store(tenant("tenant"), "kind", "name", HolderStatus.ACTIVE);
    var index = new NameIndex(0);

    // When
    round(known(index));

    // Then
    assertThat(index.size()).isZero();
  }
}
