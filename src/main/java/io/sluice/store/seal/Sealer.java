package io.sluice.store.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.loop.EventLoop;
import io.sluice.store.Pools;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what was committed: at intervals what this process has written, now and then whatever
 * others have left, and at once what somebody asks for. One tenant after the other, on an event
 * loop of its own.
 */
public final class Sealer {
  private static final Logger log = LoggerFactory.getLogger(Sealer.class);

  /** How long after its id nothing can be committed any more that began in time. */
  static final Duration LATEST = Duration.ofMinutes(10);

  /** How often all tenants are looked at. */
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** What is more waits until the others have had theirs. */
  private static final int TRANSACTIONS_A_TURN = 8;

  /** Batches that were written and wait to be hashed. */
  private static final int MOST_BATCHES_WAITING = 256;

  /**
   * Where more waits than a turn takes, as much time is left to transfers as the turn took, so that
   * a backlog has half of a processor; no longer than this, whatever a turn waited for.
   */
  private static final Duration MOST_REST = Duration.ofMillis(500);

  private static final int TENANTS_A_PAGE = 1_000;
  private static final int MILLIS_DIGITS = 3;

  private final Vertx vertx;
  private final EventLoop loop;
  private final TenantStore tenants;
  private final SealStore store;
  private final SealSettings settings;
  private final Clock clock;
  private final Commits commits;
  private final Contents contents = new Contents();
  private final AtomicInteger untold = new AtomicInteger();
  private final SealMeters meters;
  private final SealDelay delay;
  private final Map<TenantId, IdRange> pending = new HashMap<>();
  private final Map<TenantId, Demand> demands = new LinkedHashMap<>();
  private final ArrayDeque<Work> work = new ArrayDeque<>();
  private Instant nextRound = Instant.MIN;
  private boolean first = true;
  private boolean due;
  private boolean askedLast;
  private boolean busy;
  private boolean failing;

  /** Whether the last turn has left something that it could have sealed. */
  private boolean moreWaits;

  /** Whoever asks is served all the same. */
  private boolean resting;

  private long timer = -1;
  private Promise<Void> idle = Promise.promise();
  private volatile Instant oldest = Instant.MAX;

  /** One tenant's turn. */
  private interface Work {
    Future<?> run();
  }

  /** What somebody waits for. */
  private record Demand(Set<UUID> ids, Promise<Void> done) {}

  /**
   * @param commits what this process writes
   */
  public Sealer(
      Vertx vertx,
      Pools pools,
      TenantStore tenants,
      SealSettings settings,
      Clock clock,
      Commits commits,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.loop = EventLoop.create(vertx);
    this.tenants = tenants;
    this.store = new SealStore(vertx, pools.seals(), clock, contents);
    this.settings = settings;
    this.delay = new SealDelay(settings);
    this.clock = clock;
    this.commits = commits;
    meters = new SealMeters(registry, this::lagSeconds);
  }

  private BigDecimal lagSeconds() {
    Instant now = clock.instant();
    Instant unsealed = oldest;
    Instant since = unsealed.isBefore(now) ? unsealed : now;
    return BigDecimal.valueOf(Duration.between(since, now).toMillis(), MILLIS_DIGITS);
  }

  /** Begins; the first round is at once. */
  public void start() {
    commits.tell(this::take);
    loop.run(
        here -> {
          timer = vertx.setPeriodic(settings.interval().toMillis(), tick -> tick());
          tick();
        });
  }

  /** What was written is hashed here, soon; more than can be is read when it is sealed. */
  private void take(TenantId tenant, List<StoredTransfer> made) {
    if (untold.get() < MOST_BATCHES_WAITING) {
      untold.incrementAndGet();
      loop.run(
          here -> {
            untold.decrementAndGet();
            contents.keep(tenant, made);
          });
    }
  }

  /** Seals nothing more; waits for what is under way, at most so long. */
  public Future<Void> stop(long timeoutMs) {
    return loop.call(
        () -> {
          vertx.cancelTimer(timer);
          work.clear();
          due = false;
          return busy
              ? idle.future().timeout(timeoutMs, TimeUnit.MILLISECONDS)
              : Future.succeededFuture();
        });
  }

  /** Seals these transfers now, if they are there, and all before them. */
  Future<Void> seal(TenantId tenant, Collection<UUID> ids) {
    return loop.call(
        () -> {
          Demand demand =
              demands.computeIfAbsent(tenant, t -> new Demand(new HashSet<>(), Promise.promise()));
          demand.ids().addAll(ids);
          goOn();
          return demand.done().future();
        });
  }

  private void tick() {
    due = true;
    goOn();
  }

  /** Those who ask and what is to be done anyway are served in turn. */
  private void goOn() {
    if (busy || resting && demands.isEmpty()) {
      return;
    }
    if (due && work.isEmpty()) {
      due = false;
      plan(clock.instant());
    }
    boolean ask = !demands.isEmpty() && (resting || !askedLast || work.isEmpty());
    Work next = ask ? meet(demands.keySet().iterator().next()) : work.poll();
    if (next == null) {
      return;
    }
    askedLast = ask;
    busy = true;
    moreWaits = false;
    long begun = System.nanoTime();
    Future.succeededFuture()
        .compose(now -> next.run())
        .onComplete(done -> ended(done.cause(), Duration.ofNanos(System.nanoTime() - begun)));
  }

  private void ended(Throwable failure, Duration taken) {
    busy = false;
    if (moreWaits) {
      rest(taken.compareTo(MOST_REST) > 0 ? MOST_REST : taken);
    }
    tell(failure);
    Promise<Void> waiting = idle;
    idle = Promise.promise();
    waiting.complete();
    goOn();
  }

  private void rest(Duration rest) {
    resting = true;
    meters.rested(rest);
    vertx.setTimer(
        Math.max(1, rest.toMillis()),
        over -> {
          resting = false;
          goOn();
        });
  }

  /** What is not sealed now will be at the next interval: that is said once until it goes again. */
  private void tell(Throwable failure) {
    if (failure != null && !failing) {
      log.warn("Books are not sealed, which is tried again: {}", failure.toString());
    } else if (failure == null && failing) {
      log.info("Books are sealed again");
    }
    failing = failure != null;
  }

  private void plan(Instant now) {
    var fresh = new HashMap<TenantId, IdRange>();
    commits.moveTo(fresh);
    delay.adapt(oldestOf(fresh), now);
    fresh.forEach((tenant, range) -> pending.merge(tenant, range, IdRange::and));
    oldest = oldestOf(pending);
    pending.forEach((tenant, range) -> work.add(() -> sealPending(tenant, range, now)));
    if (!now.isBefore(nextRound)) {
      nextRound = now.plus(ROUND);
      work.add(() -> addRound(now, 0));
    }
  }

  private static Instant oldestOf(Map<TenantId, IdRange> ranges) {
    return ranges.values().stream()
        .map(range -> TimeOrderedIds.timeOf(range.lowest()))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private Work meet(TenantId tenant) {
    Demand demand = demands.remove(tenant);
    UUID last = demand.ids().stream().reduce(IdRange.NONE, IdRange::later);
    UUID after = new UUID(last.getMostSignificantBits(), last.getLeastSignificantBits() + 1);
    return () ->
        addAll(tenant, demand.ids(), after, Integer.MAX_VALUE)
            .<Void>mapEmpty()
            .onComplete(demand.done());
  }

  private Future<Head> sealPending(TenantId tenant, IdRange range, Instant now) {
    return store
        .head(tenant)
        .compose(head -> lookUpTo(tenant, new IdRange(range.lowest(), earlier(range, head))))
        .compose(looked -> addAll(tenant, List.of(), delay.horizon(now), TRANSACTIONS_A_TURN))
        .onSuccess(head -> settle(tenant, range, head));
  }

  private static UUID earlier(IdRange range, Head head) {
    return IdRange.earlier(range.highest(), head.sealedTo());
  }

  /** What is above the head stays pending. */
  private void settle(TenantId tenant, IdRange range, Head head) {
    if (IdRange.isAfter(range.highest(), head.sealedTo())) {
      pending.put(
          tenant, new IdRange(IdRange.later(range.lowest(), head.sealedTo()), range.highest()));
    } else {
      pending.remove(tenant);
    }
  }

  private Future<?> addRound(Instant now, int after) {
    boolean afterStart = first;
    return tenants
        .list(TENANTS_A_PAGE, after)
        .onSuccess(
            page -> {
              page.forEach(tenant -> work.add(() -> round(tenant.id(), now, afterStart)));
              if (page.size() == TENANTS_A_PAGE) {
                int last = page.getLast().id().value();
                work.add(() -> addRound(now, last));
              } else {
                work.add(
                    () -> {
                      first = false;
                      return Future.succeededFuture();
                    });
              }
            });
  }

  /** What another process has left unsealed, and what came late to what was sealed. */
  private Future<Void> round(TenantId tenant, Instant now, boolean afterStart) {
    return store
        .waiting(tenant, delay.horizon(now))
        .compose(
            waits ->
                waits
                    ? addAll(tenant, List.of(), delay.horizon(now), TRANSACTIONS_A_TURN)
                        .onSuccess(head -> work.add(() -> round(tenant, now, afterStart)))
                        .mapEmpty()
                    : store.head(tenant).compose(head -> lookAgain(tenant, head, now, afterStart)));
  }

  /** After a start all is looked at: who ran before may have been killed before it sealed. */
  private Future<Void> lookAgain(TenantId tenant, Head head, Instant now, boolean afterStart) {
    UUID settled = TimeOrderedIds.firstOf(now.minus(LATEST));
    UUID looked = IdRange.earlier(settled, head.sealedTo());
    UUID to = afterStart ? head.sealedTo() : looked;
    return IdRange.isAfter(to, head.lookedTo())
        ? lookUpTo(tenant, new IdRange(head.lookedTo(), to))
            .compose(done -> store.looked(tenant, looked))
        : Future.succeededFuture();
  }

  /** Seals what is missing among what counts as sealed. */
  private Future<Void> lookUpTo(TenantId tenant, IdRange range) {
    Promise<Void> done = Promise.promise();
    lookOn(tenant, range, done);
    return done.future();
  }

  private void lookOn(TenantId tenant, IdRange range, Promise<Void> done) {
    if (IdRange.isAfter(range.lowest(), range.highest())) {
      done.complete();
      return;
    }
    store
        .look(tenant, range)
        .compose(
            look ->
                look.missing().isEmpty()
                    ? Future.succeededFuture(look)
                    : addAll(tenant, look.missing(), IdRange.NONE, 1).map(look))
        .onFailure(done::fail)
        .onSuccess(
            look -> {
              if (look.reached().equals(range.highest())) {
                done.complete();
              } else {
                lookOn(tenant, new IdRange(look.reached(), range.highest()), done);
              }
            });
  }

  /**
   * Adds entries.
   *
   * @param most transactions that it may take
   */
  private Future<Head> addAll(TenantId tenant, Collection<UUID> ids, UUID horizon, int most) {
    Promise<Head> done = Promise.promise();
    addOn(tenant, ids, horizon, most, done);
    return done.future();
  }

  private void addOn(
      TenantId tenant, Collection<UUID> ids, UUID horizon, int most, Promise<Head> done) {
    store
        .add(tenant, ids, horizon)
        .onFailure(done::fail)
        .onSuccess(
            added -> {
              meters.added(added);
              moreWaits = added.more();
              if (added.more() && most > 1) {
                addOn(tenant, List.of(), horizon, most - 1, done);
              } else {
                done.complete(added.head());
              }
            });
  }
}
