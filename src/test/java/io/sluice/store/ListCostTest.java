package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.dialect.Paging;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.Counts;
import io.sluice.store.isometric.MovementListing;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.scrip.Listings;
import io.sluice.store.scrip.Listings.Standing;
import io.sluice.store.scrip.Walked;
import io.sluice.testing.Await;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.Patience;
import io.sluice.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a page costs, in blocks that PostgreSQL looks at, does not depend on how large the books
 * are, whichever filter is asked for and however few it lets through.
 */
class ListCostTest {
  /** More than are ever counted. */
  private static final int SMALL = Counts.MOST + 1_000;

  private static final int LARGE = 3 * SMALL;

  /** An index of three times as many rows may be one level higher, here and there. */
  private static final int SLACK_BLOCKS = 40;

  /** And one of which much is read may be a little less full. */
  private static final int SLACK_PART = 10;

  private static final List<String> DOCUMENTS =
      List.of("isometric", "orum", "scrip", "corebanq", "management");

  /** What says in which order a list is; all orders are among the ways to read it. */
  private static final Set<String> ORDERS =
      Set.of("sort", "order", "sort_by", "sort_dir", "sort_field", "sort_direction");

  private static final ListCosts COSTS = ListCosts.all(SMALL / 2);

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
    // In the order in which they are made in life: what is small has filled what others left.
    test.execute("CLUSTER lot USING lot_pkey");
    test.execute("VACUUM ANALYZE");
    long patient = Patience.LIMIT.toMillis();
    var bounds = new BoundedPool.Bounds(1, 9, patient, patient, patient, patient);
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
    return COSTS.lists().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void costsAsMuchInLargeBooksAsInSmallOnes(String name) {
    // Given
    long before = blocks(name, small);

    // When
    long inLarge = blocks(name, large);

    // Then
    assertThat(inLarge).isLessThanOrEqualTo(before + before / SLACK_PART + SLACK_BLOCKS);
  }

  /** An operation lists if its id says so, or if its answer has pages. */
  @ParameterizedTest
  @FieldSource("DOCUMENTS")
  void knowsEveryOperationThatLists(String name) {
    // Given
    var document = OpenApiDocument.of(name);

    // When
    List<String> lists = lists(document).map(OpenApiDocument.Operation::id).toList();

    // Then
    assertThat(lists).isNotEmpty().allMatch(COSTS::knows);
  }

  private static Stream<OpenApiDocument.Operation> lists(OpenApiDocument document) {
    return document.operations().stream()
        .filter(operation -> operation.method().equals("GET"))
        .filter(
            operation ->
                operation.id().startsWith("list")
                    || !Collections.disjoint(
                        document.queryParameters(operation), Paging.PARAMETERS));
  }

  @ParameterizedTest
  @FieldSource("DOCUMENTS")
  void knowsEveryFilterOfEveryListThatNothingBounds(String name) {
    // Given
    var document = OpenApiDocument.of(name);
    var unknown = new TreeSet<String>();

    // When
    lists(document)
        .filter(operation -> !COSTS.isBounded(operation.id()))
        .forEach(
            operation ->
                document.queryParameters(operation).stream()
                    .filter(parameter -> !Paging.PARAMETERS.contains(parameter))
                    .filter(parameter -> !ORDERS.contains(parameter))
                    .filter(parameter -> !COSTS.filters(operation.id()).contains(parameter))
                    .forEach(parameter -> unknown.add(operation.id() + " " + parameter)));

    // Then
    assertThat(unknown).isEmpty();
  }

  @Test
  void countsNoFurtherThanItSays() {
    // Given
    Filter all = Filter.of(Kind.TRANSFER);
    Filter few =
        all.where(MovementListing.Place.SENDER, ListCosts.account(7).map(AccountId::value));
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
    Optional<Place> next = Optional.empty();
    int pages = 0;

    // When
    do {
      Walked<LotId> page =
          Await.result(
              listings.lots(
                  small.tenant(),
                  ScripCosts.lots(
                      Optional.of(Standing.EXPIRED), Optional.empty(), Optional.empty(), next),
                  1));
      found.addAll(page.items());
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

  @Test
  void findsThePeopleThatAreSearchedForPageByPage() {
    // Given
    var listings = new Listings(Pools.of(pool, pool));
    var found = new ArrayList<HolderId>();
    Optional<Place> next = Optional.empty();
    int pages = 0;

    // When
    do {
      Walked<Holder> page =
          Await.result(
              listings.holders(small.tenant(), ScripCosts.called("9999", next), ListCosts.PAGE));
      page.items().forEach(holder -> found.add(holder.id()));
      next = page.next();
      pages++;
    } while (next.isPresent());

    // Then
    assertThat(found).containsExactly(LargeBooks.holder(9_999));
    assertThat(pages).isEqualTo(SMALL / Walked.MOST_EXAMINED + 1);
  }

  /** The blocks that one run touches, once what PostgreSQL remembers of the tables is there. */
  private static long blocks(String name, LargeBooks books) {
    BiFunction<Pools, TenantId, Future<?>> list = COSTS.lists().get(name);
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
}
