package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.loop.EventLoop;
import io.sluice.share.Presence;
import io.sluice.store.StoreException.Kind;
import io.sluice.testing.Patience;
import io.sluice.testing.Relay;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedPoolTest extends PgStoreTest {
  private static final int SIZE = 3;
  private static final long PATIENT_MS = Patience.LIMIT.toMillis();
  private static final long IMPATIENT_MS = 200;

  private final Relay relay = Relay.to(test.database());
  private final Connector connector = new Connector(vertx, relay.database());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** By which parties are about: in nanoseconds, and only a test lets it pass. */
  private final AtomicLong now = new AtomicLong();

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  private BoundedPool pool(int waiting, long waitMs, long silenceMs, long idleMs, long lifetimeMs) {
    return pool(SIZE, new BoundedPool.Bounds(SIZE, waiting, waitMs, silenceMs, idleMs, lifetimeMs));
  }

  private BoundedPool pool(int most, BoundedPool.Bounds bounds) {
    var sharing = new Sharing(most, new Presence<>(now::get));
    var meters = new PoolMeters(registry, "test");
    var pool = new BoundedPool("test", ConnectionUse.POOL, connector, bounds, sharing, meters);
    meters.watch(pool, SIZE);
    return pool;
  }

  private BoundedPool patient() {
    return pool(100, PATIENT_MS, PATIENT_MS, PATIENT_MS, PATIENT_MS);
  }

  /** Where parties that meet have one connection each. */
  private BoundedPool shared(int size) {
    return pool(
        1, new BoundedPool.Bounds(size, 100, PATIENT_MS, PATIENT_MS, PATIENT_MS, PATIENT_MS));
  }

  private static Future<Integer> backend(BoundedPool pool) {
    return pool.call(new Object(), BoundedPoolTest::pid);
  }

  private static Future<Integer> pid(SqlConnection connection) {
    return connection
        .query("SELECT pg_backend_pid()")
        .execute()
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  /** Takes every connection, until the promise is kept. */
  private static List<Future<Void>> occupy(BoundedPool pool, Promise<Void> until) {
    List<Future<Void>> calls =
        Stream.generate(() -> pool.call(new Object(), connection -> until.future()))
            .limit(SIZE)
            .toList();
    Waiting.until(() -> pool.inUse() == SIZE && pool.waiting() == 0);
    return calls;
  }

  private static void assertUnavailable(Future<?> future) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  private double gauge(String name) {
    return registry.get(name).tag("pool", "test").gauge().value();
  }

  @Test
  void lendsNoMoreThanItsSizeAndServesThoseWhoWait() {
    // Given
    BoundedPool pool = patient();
    Promise<Void> until = Promise.promise();
    List<Future<Void>> calls = occupy(pool, until);
    Future<Integer> waiting = backend(pool);
    assertThat(gauge("sluice.pool.waiting")).isEqualTo(1);
    assertThat(gauge("sluice.pool.in.use")).isEqualTo(SIZE);
    assertThat(gauge("sluice.pool.max")).isEqualTo(SIZE);

    // When
    until.complete();

    // Then
    calls.forEach(PgStoreTest::await);
    await(waiting);
    assertThat(gauge("sluice.pool.connections")).isEqualTo(SIZE);
    Waiting.until(() -> gauge("sluice.pool.waiting") == 0 && gauge("sluice.pool.in.use") == 0);
    assertThat(registry.get("sluice.pool.use").timer().count()).isEqualTo(SIZE + 1);
    assertThat(registry.get("sluice.pool.wait").timer().totalTime(TimeUnit.SECONDS)).isPositive();
  }

  @Test
  void turnsAwayWhoFindsNoPlaceToWait() {
    // Given
    BoundedPool pool = pool(1, PATIENT_MS, PATIENT_MS, PATIENT_MS, PATIENT_MS);
    Promise<Void> until = Promise.promise();
    occupy(pool, until);
    Future<Integer> waiting = backend(pool);

    // When
    Future<Integer> turnedAway = backend(pool);

    // Then
    assertUnavailable(turnedAway);
    assertThat(waiting.isComplete()).isFalse();
    until.complete();
    await(waiting);
  }

  @Test
  void failsWhoHasWaitedTooLong() {
    // Given
    BoundedPool pool = pool(100, IMPATIENT_MS, PATIENT_MS, PATIENT_MS, PATIENT_MS);
    Promise<Void> until = Promise.promise();
    occupyPatiently(pool, until);

    // When
    Future<Integer> waiting = backend(pool);

    // Then
    assertUnavailable(waiting);
    assertThat(pool.inUse()).isEqualTo(SIZE);
    until.complete();
  }

  @Test
  void leavesWhoIsAloneAllConnections() {
    // Given
    BoundedPool pool = shared(SIZE);
    Promise<Void> until = Promise.promise();

    // When
    List<Future<Void>> calls = holdAll(pool, until);

    // Then
    Waiting.until(() -> pool.inUse() == SIZE);
    until.complete();
    calls.forEach(PgStoreTest::await);
  }

  /** Somebody alone asks for all connections, and keeps them until he is told. */
  private static List<Future<Void>> holdAll(BoundedPool pool, Promise<Void> until) {
    return Stream.generate(() -> pool.call("alone", connection -> until.future()))
        .limit(SIZE)
        .toList();
  }

  @Test
  void leavesWhoIsAloneBesideWorkInTheBackgroundAllConnections() {
    // Given
    BoundedPool pool = shared(SIZE);
    Promise<Void> until = Promise.promise();
    await(new BackgroundPool(pool).call("other", connection -> Future.succeededFuture()));

    // When
    List<Future<Void>> calls = holdAll(pool, until);

    // Then
    Waiting.until(() -> pool.inUse() == SIZE);
    until.complete();
    calls.forEach(PgStoreTest::await);
  }

  @Test
  void keepsConnectionsFromWhoHasHisShareWhileOthersAreAbout() {
    // Given two who have one connection each, of three
    BoundedPool pool = shared(SIZE);
    List<Promise<Void>> until = Stream.generate(Promise::<Void>promise).limit(2).toList();
    Future<Void> first = pool.call("one", connection -> until.get(0).future());
    Future<Void> second = pool.call("other", connection -> until.get(1).future());
    Waiting.until(() -> pool.inUse() == 2);
    Future<Void> more = pool.call("one", connection -> Future.succeededFuture());

    // When
    Future<Void> third = pool.call("third", connection -> Future.succeededFuture());

    // Then
    await(third);
    assertThat(more.isComplete()).isFalse();
    until.get(0).complete();
    await(first);
    await(more);
    until.get(1).complete();
    await(second);
  }

  @Test
  void servesPartiesInTurnAndLeavesPlacesForOthers() {
    // Given: a party that asks for more than all places, and another that comes after it
    BoundedPool pool = pool(4, PATIENT_MS, PATIENT_MS, PATIENT_MS, PATIENT_MS);
    List<Promise<Void>> until = Stream.generate(Promise::<Void>promise).limit(SIZE).toList();
    until.forEach(each -> pool.call(new Object(), connection -> each.future()));
    Waiting.until(() -> pool.inUse() == SIZE && pool.waiting() == 0);
    var served = new ConcurrentLinkedQueue<String>();
    List<Future<Void>> greedy =
        Stream.generate(() -> note("greedy", pool, served)).limit(5).toList();
    Future<Void> late = note("late", pool, served);

    // When: one connection becomes free
    until.getFirst().complete();

    // Then
    await(late);
    greedy.subList(0, 3).forEach(PgStoreTest::await);
    greedy.subList(3, 5).forEach(BoundedPoolTest::assertUnavailable);
    assertThat(served).containsExactly("greedy", "late", "greedy", "greedy");
    until.forEach(each -> each.tryComplete());
  }

  private static Future<Void> note(String party, BoundedPool pool, Queue<String> served) {
    return pool.call(
        party,
        connection -> {
          served.add(party);
          return connection.query("SELECT pg_sleep(0.01)").execute().mapEmpty();
        });
  }

  /** However long connecting takes: who was too early for it tries again. */
  private static void occupyPatiently(BoundedPool pool, Promise<Void> until) {
    Waiting.until(
        () -> {
          if (pool.inUse() < SIZE && pool.waiting() == 0) {
            pool.call(new Object(), connection -> until.future());
          }
          return pool.inUse() == SIZE;
        });
  }

  @Test
  void failsEverybodyWhenItIsClosed() {
    // Given
    BoundedPool pool = patient();
    Promise<Void> until = Promise.promise();
    occupy(pool, until);
    Future<Integer> waiting = backend(pool);

    // When
    pool.close();

    // Then
    assertUnavailable(waiting);
    assertUnavailable(backend(pool));
    Waiting.until(() -> relay.open() == 0);
    assertThat(pool.size()).isZero();
    until.complete();
  }

  @Test
  void givesSilentConnectionsUpAndGoesOnWithOthers() {
    // Given: connections that are idle when the network forgets them
    BoundedPool pool = pool(100, PATIENT_MS, IMPATIENT_MS, PATIENT_MS, PATIENT_MS);
    Promise<Void> until = Promise.promise();
    occupyPatiently(pool, until);
    until.complete();
    Waiting.until(() -> pool.inUse() == 0);
    relay.freeze();

    // When
    Future<Integer> silent = backend(pool);

    // Then: one call pays for it, and none after it
    assertUnavailable(silent);
    Waiting.until(() -> await(backend(pool).map(true).otherwise(false)));
    assertThat(connector.trusts(await(connector.open(here(), ConnectionUse.POOL)))).isTrue();
    Waiting.until(() -> relay.open() <= 2);
  }

  @Test
  void letsWorkOfManyStatementsGoOnAsLongAsTheyAreAnswered() {
    // Given
    long silenceMs = 2_000;
    BoundedPool pool = pool(100, PATIENT_MS, silenceMs, PATIENT_MS, PATIENT_MS);
    int before = await(backend(pool));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(silenceMs + 200);

    // When
    Future<Boolean> work = pool.call("a party", connection -> askUntil(end, connection));

    // Then
    assertThat(await(work)).isTrue();
    assertThat(await(backend(pool))).isEqualTo(before);
  }

  private static Future<Boolean> askUntil(long endNanos, SqlConnection connection) {
    return connection
        .query("SELECT pg_sleep(0.02)")
        .execute()
        .compose(
            answer ->
                System.nanoTime() - endNanos < 0
                    ? askUntil(endNanos, connection)
                    : Future.succeededFuture(true));
  }

  private EventLoop here() {
    return EventLoop.create(vertx);
  }

  @Test
  void usesNoIdleConnectionThatIsDoubted() {
    // Given
    BoundedPool pool = patient();
    int before = await(backend(pool));
    ServerConnection bad = await(connector.open(here(), ConnectionUse.POOL));

    // When
    connector.doubt(bad, "a test");

    // Then
    assertThat(await(backend(pool))).isNotEqualTo(before);
  }

  /** One may be idle while somebody waits who has had his share until now. */
  @Test
  void usesNoneBesideOneThatIsServedEither() {
    // Given an idle connection, and somebody who has the other one and waits for two more
    BoundedPool pool = shared(2);
    Promise<Void> until = Promise.promise();
    Future<Void> first = pool.call("one", connection -> until.future());
    Waiting.until(() -> pool.inUse() == 1);
    int doubted = await(pool.call("other", BoundedPoolTest::pid));
    List<Future<Integer>> waiting =
        Stream.generate(() -> pool.call("one", BoundedPoolTest::pid)).limit(2).toList();
    assertThat(pool.waiting()).isEqualTo(2);
    connector.doubt(await(connector.open(here(), ConnectionUse.POOL)), "a test");

    // When he is alone and may have both
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    until.complete();

    // Then
    await(first);
    assertThat(Set.of(doubted)).doesNotContainAnyElementsOf(await(Future.all(waiting)).list());
  }

  @Test
  void leavesAServerThatTakesNoMoreWrites() {
    // Given
    BoundedPool pool = patient();
    int before = await(backend(pool));
    Future<RowSet<Row>> refused =
        pool.call(
            "a party",
            connection ->
                connection
                    .query("SET default_transaction_read_only = on")
                    .execute()
                    .compose(set -> connection.query("CREATE TABLE t (i int)").execute()));

    // When
    assertThatThrownBy(() -> await(refused)).hasMessageContaining("25006");

    // Then
    assertThat(await(backend(pool))).isNotEqualTo(before);
  }

  @Test
  void replacesOldConnectionsAndClosesIdleOnes() {
    // Given
    BoundedPool ageing = pool(100, PATIENT_MS, PATIENT_MS, PATIENT_MS, 1);
    BoundedPool idling = pool(100, PATIENT_MS, PATIENT_MS, 1, PATIENT_MS);
    int before = await(backend(ageing));

    // When
    await(backend(idling));

    // Then: a connection is of age a millisecond after it was made
    Waiting.until(() -> await(backend(ageing)) != before);
    Waiting.until(() -> ageing.size() == 0 && idling.size() == 0 && relay.open() == 0);
  }

  @Test
  void failsWhoWaitsAtOnceWhenNobodyCanConnect() {
    // Given
    BoundedPool pool = patient();
    relay.turnNewcomersAway();

    // When
    List<Future<Integer>> calls = Stream.generate(() -> backend(pool)).limit(20).toList();

    // Then
    calls.forEach(BoundedPoolTest::assertUnavailable);
    relay.welcomeNewcomers();
    await(backend(pool));
  }
}
