package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.access.AuditQuery;
import io.sluice.store.access.AuditQuery.About;
import io.sluice.store.access.AuditStore;
import io.sluice.store.access.CredentialStore;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.isometric.Counts;
import io.sluice.store.isometric.DocumentStore;
import io.sluice.store.isometric.IssuanceStore;
import io.sluice.store.isometric.MovementListing;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.isometric.MovementListing.Place;
import io.sluice.store.isometric.PartyStore;
import io.sluice.store.isometric.ProjectStore;
import io.sluice.store.isometric.Window;
import io.sluice.store.orum.BookTransferListing;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerQuery;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.sluice.store.scrip.DueLots;
import io.sluice.store.scrip.GroupMembers;
import io.sluice.store.scrip.HolderQuery;
import io.sluice.store.scrip.JournalStore;
import io.sluice.store.scrip.Listings;
import io.sluice.store.scrip.Listings.Standing;
import io.sluice.store.scrip.RedemptionListing;
import io.sluice.testing.Await;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a page costs, in blocks that PostgreSQL looks at, does not depend on how large the books
 * are, whichever filter is asked for and however few it lets through.
 */
class ListCostTest {
  /** More than are ever counted. */
  private static final int SMALL = Counts.MOST + 1_000;

  private static final int LARGE = 3 * SMALL;
  private static final int PAGE = 10;
  private static final Instant NOW = Instant.ofEpochSecond(1_770_000_000);

  /** An index of three times as many rows may be one level higher, here and there. */
  private static final int SLACK_BLOCKS = 40;

  private static final CredentialTypeName TYPE = new CredentialTypeName("test-type");
  private static final Map<String, BiFunction<Pools, TenantId, Future<?>>> LISTS = lists();

  private static TestDatabase test;
  private static Vertx vertx;
  private static BoundedPool pool;
  private static LargeBooks small;
  private static LargeBooks large;

  @BeforeAll
  static void fill() {
    test = TestDatabase.create();
    vertx = Vertx.vertx();
    small = LargeBooks.fill(test, 1, SMALL);
    large = LargeBooks.fill(test, 2, LARGE);
    long patient = Patience.LIMIT.toMillis();
    var bounds = new BoundedPool.Bounds(1, 1, patient, patient, patient, patient);
    var meters = new PoolMeters(new SimpleMeterRegistry(), "lists");
    pool =
        new BoundedPool(
            "lists", ConnectionUse.LIST, new Connector(vertx, test.database()), bounds, meters);
  }

  @AfterAll
  static void close() {
    pool.close();
    Await.result(vertx.close());
    test.close();
  }

  static Stream<String> names() {
    return LISTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void costsAsMuchInLargeBooksAsInSmallOnes(String name) {
    // Given
    long before = blocks(name, small);

    // When
    long inLarge = blocks(name, large);

    // Then
    assertThat(inLarge).isLessThanOrEqualTo(before + SLACK_BLOCKS);
  }

  @Test
  void countsNoFurtherThanItSays() {
    // Given
    Filter all = Filter.of(Kind.TRANSFER);
    Filter few = all.where(Place.SENDER, account(7).map(AccountId::value));
    var listing = new MovementListing(Pools.of(pool, pool));

    // When
    long most = Await.result(listing.count(large.tenant(), all));

    // Then
    assertThat(most).isEqualTo(Counts.MOST);
    assertThat(Await.result(listing.count(large.tenant(), few))).isEqualTo(LargeBooks.FEW);
  }

  /** What a page has no place to look for is on one of the next. */
  @Test
  void findsTheFewLotsThatAreWantedPageByPage() {
    // Given
    var listings = new Listings(Pools.of(pool, pool));
    var found = new ArrayList<LotId>();
    Optional<Listings.Place> next = Optional.empty();
    int pages = 0;

    // When
    do {
      Listings.LotPage page =
          Await.result(
              listings.lots(
                  small.tenant(),
                  lots(Optional.of(Standing.EXPIRED), Optional.empty(), Optional.empty(), next),
                  1));
      found.addAll(page.lots());
      next = page.next();
      pages++;
    } while (next.isPresent());

    // Then
    assertThat(found)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(SMALL - 2 * LargeBooks.FEW + 1, SMALL)
                .filter(n -> n % 2 == 1)
                .mapToObj(n -> new LotId(LargeBooks.id(n)))
                .toList());
    assertThat(pages).isGreaterThan(found.size());
  }

  /** The blocks that one run touches, once what PostgreSQL remembers of the tables is there. */
  private static long blocks(String name, LargeBooks books) {
    BiFunction<Pools, TenantId, Future<?>> list = LISTS.get(name);
    Pools pools = Pools.of(pool, pool);
    Await.result(list.apply(pools, books.tenant()));
    long before = touched();
    Await.result(list.apply(pools, books.tenant()));
    return touched() - before;
  }

  /** By the one connection that there is; it counts what it has not told yet first. */
  private static long touched() {
    run("SELECT pg_stat_force_next_flush()");
    run("SELECT 1");
    return run(
        "SELECT sum(coalesce(heap_blks_read, 0) + coalesce(heap_blks_hit, 0)"
            + " + coalesce(idx_blks_read, 0) + coalesce(idx_blks_hit, 0))::bigint"
            + " FROM pg_statio_user_tables");
  }

  private static long run(String sql) {
    return Await.result(
        pool.call(
            "a test",
            connection ->
                connection
                    .query(sql)
                    .execute()
                    .map(rows -> rows.iterator().next().getValue(0))
                    .map(value -> value instanceof Long number ? number : 0L)));
  }

  private static Map<String, BiFunction<Pools, TenantId, Future<?>>> lists() {
    var lists = new LinkedHashMap<String, BiFunction<Pools, TenantId, Future<?>>>();
    for (Optional<Boolean> posted :
        List.of(Optional.<Boolean>empty(), Optional.of(true), Optional.of(false))) {
      for (int account = 0; account <= 3; account++) {
        Optional<AccountId> party = account(account);
        lists.put(
            "book transfers, posted " + posted + ", account " + account,
            (pools, tenant) ->
                new BookTransferListing(pools)
                    .list(new BookTransferListing.Filter(tenant, posted, party), PAGE, 0));
      }
    }
    for (int from : List.of(0, 5, 6, 7)) {
      for (int to : List.of(0, 6, 8)) {
        transfers(lists, "from " + from + " to " + to, account(from), account(to));
      }
    }
    holders(lists);
    customers(lists);
    lots(lists);
    redemptions(lists);
    lists.put(
        "an account's history, deep in it",
        (pools, tenant) ->
            new PgTransferStore(pools)
                .history(tenant, LargeBooks.account(1), PAGE, SMALL - 2 * PAGE));
    journal(lists);
    projects(lists);
    audit(lists);
    lists.put(
        "credentials", (pools, tenant) -> new CredentialStore(pools).list(tenant, TYPE, PAGE));
    return lists;
  }

  private static void audit(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    Instant middle = Instant.ofEpochSecond(1_750_000_000 + SMALL / 2);
    var place = new AuditQuery.Place(middle, LargeBooks.id(SMALL / 2));
    for (Optional<About> about :
        List.of(
            Optional.<About>empty(),
            Optional.<About>of(new About.Action("common")),
            Optional.<About>of(new About.Action("rare")),
            Optional.<About>of(new About.Credential(1)),
            Optional.<About>of(new About.Credential(2)),
            Optional.<About>of(new About.Transfer(LargeBooks.id(1))))) {
      for (Optional<Instant> to : List.of(Optional.<Instant>empty(), Optional.of(middle))) {
        lists.put(
            "audit about %s to %s".formatted(about, to),
            (pools, tenant) ->
                new AuditStore(pools)
                    .list(
                        new AuditQuery(
                            tenant.value(),
                            about,
                            Optional.empty(),
                            to,
                            to.isEmpty() ? Optional.of(place) : Optional.empty()),
                        PAGE));
      }
    }
  }

  private static void journal(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    for (long account : List.of(1L, 2L, 3L)) {
      lists.put(
          "how account " + account + " stood",
          (pools, tenant) ->
              new AccountHistory(pools)
                  .at(tenant, List.of(account), Instant.ofEpochSecond(1_750_000_000 + SMALL / 2)));
    }
    var range = new AccountHistory.Range(1, SMALL / 2, SMALL / 2 + PAGE);
    lists.put(
        "an account's postings",
        (pools, tenant) -> new AccountHistory(pools).lines(tenant, List.of(range)));
    for (Optional<String> kind : List.of(Optional.<String>empty(), Optional.of("scrip.fund"))) {
      lists.put(
          "journal, kind " + kind,
          (pools, tenant) ->
              new JournalStore(pools)
                  .newest(tenant, kind, Optional.of(LargeBooks.id(SMALL)), PAGE));
    }
    lists.put(
        "entries of the journal",
        (pools, tenant) ->
            new JournalStore(pools)
                .findAll(
                    tenant,
                    IntStream.rangeClosed(SMALL, SMALL + PAGE)
                        .mapToObj(n -> new TransferId(LargeBooks.id(n)))
                        .toList()));
    lists.put(
        "whose accounts they are",
        (pools, tenant) -> new JournalStore(pools).sides(tenant, List.of(1L, 2L, 5L, 7L)));
  }

  private static void projects(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    for (boolean forwards : List.of(true, false)) {
      lists.put(
          "projects, forwards " + forwards,
          (pools, tenant) -> new ProjectStore(pools).list(window(tenant, forwards)));
      lists.put(
          "documents, forwards " + forwards,
          (pools, tenant) ->
              new DocumentStore(pools).list(LargeBooks.id(1), window(tenant, forwards)));
      lists.put(
          "issuances, forwards " + forwards,
          (pools, tenant) -> new IssuanceStore(pools).list(window(tenant, forwards)));
      for (int supplier : List.of(1, 2)) {
        HolderId holder = LargeBooks.holder(supplier);
        lists.put(
            "projects of supplier %d, forwards %s".formatted(supplier, forwards),
            (pools, tenant) -> new ProjectStore(pools).list(holder, window(tenant, forwards)));
        lists.put(
            "issuances to supplier %d, forwards %s".formatted(supplier, forwards),
            (pools, tenant) -> new IssuanceStore(pools).list(holder, window(tenant, forwards)));
      }
    }
    lists.put(
        "count of issuances",
        (pools, tenant) -> new IssuanceStore(pools).count(tenant, Optional.empty()));
    lists.put(
        "count of projects",
        (pools, tenant) -> new ProjectStore(pools).count(tenant, Optional.empty()));
    lists.put(
        "count of documents",
        (pools, tenant) -> new DocumentStore(pools).count(tenant, LargeBooks.id(1)));
  }

  private static Optional<AccountId> account(int number) {
    return number == 0 ? Optional.empty() : Optional.of(LargeBooks.account(number));
  }

  private static void transfers(
      Map<String, BiFunction<Pools, TenantId, Future<?>>> lists,
      String name,
      Optional<AccountId> from,
      Optional<AccountId> to) {
    Filter filter =
        Filter.of(Kind.TRANSFER)
            .where(Place.SENDER, from.map(AccountId::value))
            .where(Place.RECEIVER, to.map(AccountId::value));
    for (boolean forwards : List.of(true, false)) {
      lists.put(
          "transfers " + name + ", forwards " + forwards,
          (pools, tenant) -> new MovementListing(pools).list(filter, window(tenant, forwards)));
    }
    lists.put(
        "count of transfers " + name,
        (pools, tenant) -> new MovementListing(pools).count(tenant, filter));
  }

  private static Window window(TenantId tenant, boolean forwards) {
    return new Window(tenant, Optional.of(LargeBooks.id(SMALL / 2)), forwards, PAGE);
  }

  private static void holders(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    for (String kind : List.of(LargeBooks.COMMON, LargeBooks.RARE)) {
      var filter = new PartyStore.Filter(kind, Optional.of(LargeBooks.holder(1)), Set.of());
      lists.put(
          "parties of " + kind,
          (pools, tenant) -> new PartyStore(pools).list(filter, window(tenant, true)));
      lists.put(
          "count of parties of " + kind,
          (pools, tenant) -> new PartyStore(pools).count(tenant, filter));
      lists.put(
          "holders of " + kind,
          (pools, tenant) -> new Listings(pools).holders(tenant, holders(kind), PAGE));
      lists.put(
          "holders by page of " + kind,
          (pools, tenant) ->
              new PgHolderStore(pools, Clock.systemUTC()).list(tenant, kind, PAGE, PAGE));
    }
    for (boolean former : List.of(true, false)) {
      lists.put(
          "members, former ones too " + former,
          (pools, tenant) ->
              new GroupMembers(pools)
                  .list(tenant, LargeBooks.holder(1), Optional.empty(), former, PAGE));
    }
  }

  private static void customers(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    for (Set<CustomerStatus> statuses :
        List.of(
            Set.<CustomerStatus>of(),
            Set.of(CustomerStatus.REJECTED),
            Set.of(CustomerStatus.CLOSED, CustomerStatus.VERIFIED))) {
      for (String name : List.of("", "common", "rare")) {
        for (String last : List.of("", "common", "rare")) {
          lists.put(
              "customers %s, name '%s', last name '%s'".formatted(statuses, name, last),
              (pools, tenant) ->
                  new CustomerStore(pools)
                      .list(
                          new CustomerQuery(
                              tenant,
                              CustomerKind.PERSON,
                              statuses,
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.of(NOW),
                              Optional.of(name).filter(it -> !it.isEmpty()),
                              Optional.of(last).filter(it -> !it.isEmpty())),
                          PAGE,
                          0));
        }
      }
    }
  }

  private static HolderQuery holders(String kind) {
    return new HolderQuery(
        kind.equals(LargeBooks.RARE) ? HolderQuery.Kind.PROGRAM : HolderQuery.Kind.PARTICIPANT,
        List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new HolderQuery.Order(HolderQuery.Column.CREATED_AT, true),
        Optional.empty());
  }

  private static void lots(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    var standings = new ArrayList<Optional<Standing>>(List.of(Optional.empty()));
    Stream.of(Standing.values()).map(Optional::of).forEach(standings::add);
    for (Optional<Standing> standing : standings) {
      for (Optional<Instant> before : List.of(Optional.<Instant>empty(), Optional.of(NOW))) {
        for (Optional<String> reference : List.of(Optional.<String>empty(), Optional.of("r"))) {
          var query = lots(standing, before, reference, Optional.empty());
          lists.put(
              "lots, %s, before %s, marked %s".formatted(standing, before, reference),
              (pools, tenant) -> new Listings(pools).lots(tenant, query, PAGE));
        }
      }
    }
    lists.put(
        "lots that are due",
        (pools, tenant) -> new DueLots(pools).of(tenant, NOW, DueLots.Place.FIRST, PAGE));
  }

  private static void redemptions(Map<String, BiFunction<Pools, TenantId, Future<?>>> lists) {
    for (int holder : List.of(1, 2)) {
      for (RedemptionListing.Reversed reversed : RedemptionListing.Reversed.values()) {
        lists.put(
            "redemptions of %d, reversed %s".formatted(holder, reversed),
            (pools, tenant) ->
                new RedemptionListing(pools)
                    .page(tenant, redemptions(holder, Optional.of(reversed)), PAGE));
      }
      lists.put(
          "redemptions of " + holder,
          (pools, tenant) ->
              new RedemptionListing(pools)
                  .page(tenant, redemptions(holder, Optional.empty()), PAGE));
    }
    lists.put(
        "reversals, deep in them",
        (pools, tenant) ->
            new RedemptionListing(pools)
                .reversals(tenant, new TransferId(LargeBooks.id(1)), SMALL - 2 * PAGE, PAGE));
  }

  private static RedemptionListing.Filter redemptions(
      int holder, Optional<RedemptionListing.Reversed> reversed) {
    return new RedemptionListing.Filter(
        LargeBooks.holder(holder), reversed, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Listings.LotQuery lots(
      Optional<Standing> standing,
      Optional<Instant> before,
      Optional<String> reference,
      Optional<Listings.Place> after) {
    return new Listings.LotQuery(
        Set.of(LargeBooks.account(1), LargeBooks.account(2)),
        standing,
        NOW,
        before,
        Optional.empty(),
        Optional.empty(),
        reference,
        after);
  }
}
