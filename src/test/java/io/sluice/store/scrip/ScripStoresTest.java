package io.sluice.store.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.PgAssetStore;
import io.sluice.store.Place;
import io.sluice.store.scrip.GroupMembers.Change;
import io.sluice.store.scrip.ProgramAssets.Link;
import io.sluice.store.scrip.ProgramAssets.Linking;
import io.sluice.store.scrip.ProgramAssets.State;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScripStoresTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private static final Optional<Amount> NONE = Optional.empty();
  private static final List<HolderStatus> ALL = List.of(HolderStatus.values());

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
    boolean first = run(stores.programAssets().create(asset, NONE, program));
    boolean second = run(stores.programAssets().create(asset("PTS"), NONE, program));

    // Then
    assertThat(first).isTrue();
    assertThat(second).isFalse();
    assertThat(run(stores.programAssets().use(tenant, List.of(new Link(program, asset.id())), NOW)))
        .containsExactly(new Link(program, asset.id()));
    assertThat(run(stores.programAssets().assetsOf(tenant, program))).containsExactly(asset.id());
    assertThat(status(asset.id())).contains(HolderStatus.ACTIVE);
  }

  @Test
  void changesTheStatusAndTheCeilingOfAnAssetInBothPlaces() {
    // Given
    Asset asset = asset("PTS");
    Optional<Amount> ceiling = Optional.of(Amount.of(5));
    run(stores.programAssets().create(asset, ceiling, holder("scrip.program")));
    var archived = new State(HolderStatus.ARCHIVED, "{\"a\":1}", Optional.of(Amount.of(7)));

    // When
    State before =
        run(stores.programAssets().change(tenant, asset.id(), old -> archived, NOW.plusSeconds(1)));

    // Then
    assertThat(before).isEqualTo(new State(HolderStatus.ACTIVE, "{}", ceiling));
    assertThat(status(asset.id())).contains(HolderStatus.ARCHIVED);
    Asset stored = run(new PgAssetStore(books.pools()).find(tenant, asset.id())).orElseThrow();
    assertThat(stored.status()).isEqualTo(HolderStatus.ARCHIVED);
    assertThat(stored.detail()).isEqualTo("{\"a\":1}");
    assertThat(stored.updatedAt()).isEqualTo(NOW.plusSeconds(1));
    assertThat(run(stores.programAssets().change(tenant, asset.id(), old -> old, NOW)))
        .isEqualTo(archived);
    assertThat(run(new PgAssetStore(books.pools()).find(tenant, asset.id()))).contains(stored);
  }

  @Test
  void losesNoChangeOfAnAssetToAnother() {
    // Given
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, NONE, holder("scrip.program")));
    Instant at = NOW.plusSeconds(1);

    // When: one archives it while others only rename it
    var changes = new ArrayList<Future<State>>();
    for (int i = 0; i < 20; i++) {
      boolean archives = i == 10;
      UnaryOperator<State> change =
          old ->
              new State(
                  archives ? HolderStatus.ARCHIVED : old.status(),
                  old.detail() + " ",
                  old.ceiling());
      changes.add(stores.programAssets().change(tenant, asset.id(), change, at));
    }

    // Then
    run(Future.all(changes));
    Asset stored = run(new PgAssetStore(books.pools()).find(tenant, asset.id())).orElseThrow();
    assertThat(stored.status()).isEqualTo(HolderStatus.ARCHIVED);
    assertThat(status(asset.id())).contains(HolderStatus.ARCHIVED);
    assertThat(stored.detail()).isEqualTo(asset.detail() + " ".repeat(20));
  }

  @Test
  void linksInOrderAndOnlyOnceAndNothingArchived() {
    // Given
    HolderId first = holder("scrip.program");
    HolderId second = holder("scrip.program");
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, NONE, first));

    // When
    List<Linking> linkings = new ArrayList<>();
    for (int i = 1; i < 3; i++) {
      linkings.add(
          run(stores.programAssets().link(tenant, second, asset.id(), NOW.plusSeconds(i))));
    }
    var archived = new State(HolderStatus.ARCHIVED, "{}", NONE);
    run(stores.programAssets().change(tenant, asset.id(), old -> archived, NOW));
    linkings.add(
        run(stores.programAssets().link(tenant, holder("scrip.program"), asset.id(), NOW)));

    // Then
    assertThat(linkings).containsExactly(Linking.LINKED, Linking.LINKED_ALREADY, Linking.ARCHIVED);
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
    run(stores.programAssets().create(one, NONE, first));
    run(stores.programAssets().create(two, NONE, second));
    var wanted =
        List.of(
            new Link(first, one.id()),
            new Link(first, two.id()),
            new Link(second, one.id()),
            new Link(second, two.id()));

    // When
    List<Link> found = run(stores.programAssets().use(tenant, wanted, NOW));

    // Then
    assertThat(found).containsExactlyInAnyOrder(wanted.getFirst(), wanted.getLast());
  }

  @Test
  void keepsTenantsApart() {
    HolderId program = holder("scrip.program");
    Asset asset = asset("PTS");
    run(stores.programAssets().create(asset, NONE, program));
    TenantId other = books.newTenant(UUID.randomUUID().toString());

    assertThat(run(stores.programAssets().use(other, List.of(new Link(program, asset.id())), NOW)))
        .isEmpty();
    assertThat(run(stores.programAssets().assetsOf(other, program))).isEmpty();
    assertThat(run(stores.programAssets().programsOf(other, List.of(asset.id())))).isEmpty();
    var all = new AssetQuery(ALL, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(run(stores.listings().assets(tenant, all, 10)).items()).hasSize(1);
    assertThat(run(stores.listings().assets(other, all, 10)).items()).isEmpty();
    assertThat(list(other, Optional.empty())).isEmpty();
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
    assertThat(add(group, member, NOW)).isEqualTo(Change.DONE);

    // When
    run(stores.groups().setRole(tenant, group, member, true, Optional.of(admin)));
    GroupMember promoted = find(group, member);
    run(stores.groups().leave(tenant, group, member, NOW.plusSeconds(2)));
    GroupMember left = find(group, member);
    add(group, member, NOW.plusSeconds(3));
    GroupMember back = find(group, member);

    // Then
    String name = member.value().toString();
    assertThat(promoted).isEqualTo(new GroupMember(member, name, true, NOW, Optional.empty()));
    assertThat(left.leftAt()).contains(NOW.plusSeconds(2));
    assertThat(back)
        .isEqualTo(new GroupMember(member, name, false, NOW.plusSeconds(3), Optional.empty()));
  }

  @Test
  void neverLeavesAGroupWithoutAnAdmin() {
    HolderId admin = holder("scrip.participant");
    HolderId stranger = holder("scrip.participant");
    HolderId group = group(admin);

    assertThat(run(stores.groups().leave(tenant, group, admin, NOW))).isEqualTo(Change.LAST_ADMIN);
    assertThat(setRole(group, admin, false)).isEqualTo(Change.LAST_ADMIN);
    assertThat(setRole(group, admin, true)).isEqualTo(Change.DONE);
    assertThat(run(stores.groups().leave(tenant, group, stranger, NOW))).isEqualTo(Change.ABSENT);
    assertThat(setRole(group, stranger, true)).isEqualTo(Change.ABSENT);
    assertThat(find(group, admin).admin()).isTrue();
  }

  @Test
  void addsAllOrNobodyAndNobodyToAnArchivedGroup() {
    // Given
    HolderId admin = holder("scrip.participant");
    HolderId member = holder("scrip.participant");
    HolderId group = group(admin);
    Map<HolderId, Boolean> both = Map.of(admin, true, member, true);

    // When
    Change change = run(stores.groups().add(tenant, group, both, Optional.empty(), NOW));

    // Then
    assertThat(change).isEqualTo(Change.MEMBER_ALREADY);
    assertThat(members(group)).extracting(GroupMember::participant).containsExactly(admin);
    run(books.holders().setStatus(tenant, group, HolderStatus.ARCHIVED));
    assertThat(add(group, member, NOW)).isEqualTo(Change.ARCHIVED);
    assertThat(setRole(group, admin, true)).isEqualTo(Change.ARCHIVED);
    assertThat(run(stores.groups().leave(tenant, group, admin, NOW))).isEqualTo(Change.ARCHIVED);
  }

  @Test
  void listsHoldersOfOneKindByTheirTimeWhateverMadeTheirIds() {
    // Given
    HolderId first = insert(new UUID(9, 9), NOW);
    holder("scrip.participant");
    HolderId second = insert(new UUID(1, 1), NOW.plusSeconds(1));

    // When
    List<Holder> found = list(tenant, Optional.empty());

    // Then
    assertThat(found).extracting(Holder::id).containsExactly(second, first);
    var place = Place.of(NOW.plusSeconds(1), second.value());
    assertThat(list(tenant, Optional.of(place))).extracting(Holder::id).containsExactly(first);
  }

  private HolderId insert(UUID id, Instant createdAt) {
    var program =
        new Holder(
            tenant,
            new HolderId(id),
            "scrip.program",
            id.toString(),
            HolderStatus.ACTIVE,
            "{}",
            createdAt,
            createdAt);
    run(books.holders().insert(program));
    return program.id();
  }

  private static List<Holder> list(TenantId whose, Optional<Place> after) {
    var query =
        new HolderQuery(
            HolderQuery.Kind.PROGRAM,
            ALL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new HolderQuery.Order(HolderQuery.Column.CREATED_AT, true),
            after);
    return run(stores.listings().holders(whose, query, 10)).items();
  }

  private Change add(HolderId group, HolderId member, Instant at) {
    return run(stores.groups().add(tenant, group, Map.of(member, false), Optional.empty(), at));
  }

  private Change setRole(HolderId group, HolderId member, boolean admin) {
    return run(stores.groups().setRole(tenant, group, member, admin, Optional.empty()));
  }

  private List<GroupMember> members(HolderId group) {
    return run(stores.groups().list(tenant, group, Optional.empty(), true, 10));
  }

  private GroupMember find(HolderId group, HolderId member) {
    return members(group).stream()
        .filter(found -> found.participant().equals(member))
        .findFirst()
        .orElseThrow();
  }

  private HolderId group(HolderId admin) {
    Holder group = holder("scrip.group", books.ids().next());
    run(stores.groups().create(group, Map.of(admin, true), Optional.empty()));
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
