package io.sluice.store.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.PgAssetStore;
import io.sluice.store.scrip.ProgramAssets.Link;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScripStoresTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private static LedgerFixture books;
  private static ScripStores stores;

  private final TenantId tenant = books.newTenant(UUID.randomUUID().toString());

  @BeforeAll
  static void open() {
    books = new LedgerFixture();
    stores = ScripStores.on(books.pools());
  }

  @AfterAll
  static void close() {
    books.close();
  }

  @Test
  void createsAnAssetOnceWithItsLinkAndItsStatus() {
    // Given
    HolderId program = holder("scrip.program");
    Asset asset = asset("PTS");

    // When
    boolean first = run(stores.programAssets().create(asset, program));
    boolean second = run(stores.programAssets().create(asset("PTS"), program));

    // Then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(run(stores.programAssets().find(tenant, List.of(new Link(program, asset.id())))))
        .containsExactly(new Link(program, asset.id()));
    assertThat(run(stores.programAssets().assetsOf(tenant, program))).containsExactly(asset.id());
    assertThat(status(asset.id())).contains(HolderStatus.ACTIVE);
  }

  @Test
  void changesTheStatusOfAnAssetInBothPlaces() {
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, holder("scrip.program")));

    run(
        stores
            .programAssets()
            .update(
                tenant,
                asset.id(),
                Optional.of(HolderStatus.ARCHIVED),
                old -> "{\"a\":1}",
                NOW.plusSeconds(1)));

    assertThat(status(asset.id())).contains(HolderStatus.ARCHIVED);
    Asset stored = run(new PgAssetStore(books.pools()).find(tenant, asset.id())).orElseThrow();
    assertThat(stored.status()).isEqualTo(HolderStatus.ARCHIVED);
    assertThat(stored.detail()).isEqualTo("{\"a\":1}");
    assertThat(stored.updatedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void losesNoChangeOfAnAssetToAnother() {
    // Given
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, holder("scrip.program")));
    Instant at = NOW.plusSeconds(1);

    // When: one archives it while others only rename it
    var changes = new ArrayList<Future<Void>>();
    for (int i = 0; i < 20; i++) {
      Optional<HolderStatus> status =
          i == 10 ? Optional.of(HolderStatus.ARCHIVED) : Optional.empty();
      changes.add(stores.programAssets().update(tenant, asset.id(), status, old -> old + " ", at));
    }

    // Then
    run(Future.all(changes));
    Asset stored = run(new PgAssetStore(books.pools()).find(tenant, asset.id())).orElseThrow();
    assertThat(stored.status()).isEqualTo(HolderStatus.ARCHIVED);
    assertThat(status(asset.id())).contains(HolderStatus.ARCHIVED);
    assertThat(stored.detail()).isEqualTo(asset.detail() + " ".repeat(20));
  }

  @Test
  void linksInOrderAndOnlyOnce() {
    HolderId first = holder("scrip.program");
    HolderId second = holder("scrip.program");
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, first));

    run(stores.programAssets().link(tenant, second, asset.id(), NOW.plusSeconds(1)));
    run(stores.programAssets().link(tenant, second, asset.id(), NOW.plusSeconds(2)));

    assertThat(run(stores.programAssets().programsOf(tenant, List.of(asset.id()))))
        .isEqualTo(Map.of(asset.id(), List.of(first, second)));
  }

  @Test
  void findsThoseOfManyLinksThatThereAre() {
    // Given
    HolderId first = holder("scrip.program");
    HolderId second = holder("scrip.program");
    Asset one = asset("ONE");
    Asset two = asset("TWO");
    run(stores.programAssets().create(one, first));
    run(stores.programAssets().create(two, second));
    var wanted =
        List.of(
            new Link(first, one.id()),
            new Link(first, two.id()),
            new Link(second, one.id()),
            new Link(second, two.id()));

    // When
    List<Link> found = run(stores.programAssets().find(tenant, wanted));

    // Then
    assertThat(found).containsExactlyInAnyOrder(wanted.getFirst(), wanted.getLast());
  }

  @Test
  void keepsTenantsApart() {
    HolderId program = holder("scrip.program");
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, program));
    TenantId other = books.newTenant(UUID.randomUUID().toString());

    assertThat(run(stores.programAssets().find(other, List.of(new Link(program, asset.id())))))
        .isEmpty();
    assertThat(run(stores.programAssets().assetsOf(other, program))).isEmpty();
    assertThat(run(stores.programAssets().programsOf(other, List.of(asset.id())))).isEmpty();
    assertThat(run(stores.listings().assets(other, "scrip.asset", Optional.empty(), 10))).isEmpty();
    assertThat(run(stores.listings().holders(other, "scrip.program", Optional.empty(), 10)))
        .isEmpty();
  }

  @Test
  void enrolsOnce() {
    HolderId participant = holder("scrip.participant");
    HolderId program = holder("scrip.program");

    run(stores.enrolments().enrol(tenant, participant, program, NOW));
    run(stores.enrolments().enrol(tenant, participant, program, NOW));

    assertThat(run(stores.enrolments().programsOf(tenant, List.of(participant, program))))
        .isEqualTo(Map.of(participant, List.of(program)));
  }

  @Test
  void keepsTheTimeOfJoiningUntilAMemberLeavesAndComesBack() {
    // Given
    HolderId admin = holder("scrip.participant");
    HolderId member = holder("scrip.participant");
    HolderId group = group(admin);
    run(stores.groups().put(tenant, group, member, false, NOW));

    // When
    run(stores.groups().put(tenant, group, member, true, NOW.plusSeconds(1)));
    GroupMember promoted = find(group, member);
    run(stores.groups().leave(tenant, group, member, NOW.plusSeconds(2)));
    GroupMember left = find(group, member);
    run(stores.groups().put(tenant, group, member, false, NOW.plusSeconds(3)));
    GroupMember back = find(group, member);

    // Then
    assertThat(promoted).isEqualTo(new GroupMember(member, true, NOW, Optional.empty()));
    assertThat(left.leftAt()).contains(NOW.plusSeconds(2));
    assertThat(back)
        .isEqualTo(new GroupMember(member, false, NOW.plusSeconds(3), Optional.empty()));
  }

  @Test
  void neverLeavesAGroupWithoutAnAdmin() {
    HolderId admin = holder("scrip.participant");
    HolderId group = group(admin);

    assertThat(run(stores.groups().leave(tenant, group, admin, NOW)))
        .isEqualTo(GroupMembers.Change.LAST_ADMIN);
    assertThat(run(stores.groups().put(tenant, group, admin, false, NOW)))
        .isEqualTo(GroupMembers.Change.LAST_ADMIN);
    assertThat(run(stores.groups().leave(tenant, group, holder("scrip.participant"), NOW)))
        .isEqualTo(GroupMembers.Change.ABSENT);
    assertThat(find(group, admin).admin()).isTrue();
  }

  @Test
  void listsHoldersOfOneKindNewestFirst() {
    HolderId first = holder("scrip.program");
    holder("scrip.participant");
    HolderId second = holder("scrip.program");

    assertThat(run(stores.listings().holders(tenant, "scrip.program", Optional.empty(), 10)))
        .containsExactly(second, first);
    Optional<UUID> after = Optional.of(second.value());
    assertThat(run(stores.listings().holders(tenant, "scrip.program", after, 10)))
        .containsExactly(first);
  }

  private GroupMember find(HolderId group, HolderId member) {
    return run(stores.groups().find(tenant, group, member)).orElseThrow();
  }

  private HolderId group(HolderId admin) {
    Holder group = holder("scrip.group", books.ids().next());
    run(stores.groups().create(group, Map.of(admin, true)));
    return group.id();
  }

  private HolderId holder(String kind) {
    Holder holder = holder(kind, books.ids().next());
    run(books.holders().insert(holder));
    return holder.id();
  }

  private Holder holder(String kind, UUID id) {
    return new Holder(
        tenant, new HolderId(id), kind, id.toString(), HolderStatus.ACTIVE, "{}", NOW, NOW);
  }

  private Asset asset(String symbol) {
    return new Asset(
        tenant,
        new AssetId(books.ids().next()),
        "scrip.asset",
        symbol,
        2,
        false,
        HolderStatus.ACTIVE,
        "{}",
        NOW,
        NOW);
  }

  private Optional<HolderStatus> status(AssetId asset) {
    return run(books.holders().find(tenant, new HolderId(asset.value()))).map(Holder::status);
  }

  private static <T> T run(Future<T> future) {
    return Await.result(future);
  }
}
