package io.sluice.store;

import io.sluice.loop.EventLoop;
import io.sluice.share.Presence;
import io.sluice.share.Turns;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A pool that never grows past its bounds. A call that hears nothing for too long fails, and its
 * connection is closed, as PostgreSQL itself ends a statement sooner. A free connection of the
 * caller's own event loop is preferred. Who waits is served party by party; no party takes more
 * places to wait than it leaves free, nor, while others are about, more than its share.
 */
final class BoundedPool implements ConnectionPool {
  private static final long SWEEP_MS = 1_000;

  /**
   * What a pool may grow to. Times are in milliseconds.
   *
   * @param size connections
   * @param waiting calls that may wait for one
   * @param silenceMs how long a call may hear nothing on the connection that it has
   */
  record Bounds(int size, int waiting, long waitMs, long silenceMs, long idleMs, long lifetimeMs) {}

  private final ConnectionUse use;
  private final Connector connector;
  private final Vertx vertx;
  private final Bounds bounds;
  private final PoolMeters meters;
  private final Sharing sharing;
  private final Outage outage;
  private final long sweeper;

  // What follows is guarded by this pool, which nobody holds while anything is sent or told.
  private final Set<ServerConnection> members = new HashSet<>();
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();
  private final Turns<Object, Waiter<?>> waiting = new Turns<>();
  private int connecting;
  private boolean closed;

  /** A call and the connection that it gets. */
  private record Match(Waiter<?> waiter, ServerConnection connection) {}

  private record Idle(ServerConnection connection, long sinceNanos) {}

  /** One whose connections anybody may have. */
  BoundedPool(
      String name, ConnectionUse use, Connector connector, Bounds bounds, PoolMeters meters) {
    this(name, use, connector, bounds, new Sharing(bounds.size(), new Presence<>()), meters);
  }

  BoundedPool(
      String name,
      ConnectionUse use,
      Connector connector,
      Bounds bounds,
      Sharing sharing,
      PoolMeters meters) {
    this.use = use;
    this.connector = connector;
    this.vertx = connector.vertx();
    this.bounds = bounds;
    this.outage = new Outage("the pool of " + name);
    this.meters = meters;
    this.sharing = sharing;
    this.sweeper = vertx.setPeriodic(SWEEP_MS, tick -> sweep());
  }

  /** Connections that are open. */
  synchronized int size() {
    return members.size();
  }

  /** Connections that a call has. */
  synchronized int inUse() {
    return members.size() - idle.size();
  }

  /** Calls that wait for one. */
  synchronized int waiting() {
    return waiting.size();
  }

  @Override
  public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
    Promise<T> answer = EventLoop.callersPromise();
    enter(new Waiter<>(party, work, answer));
    return answer.future();
  }

  @Override
  public boolean citus() {
    return connector.database().citus();
  }

  private void enter(Waiter<?> newcomer) {
    var stale = new ArrayList<ServerConnection>(0);
    ServerConnection free;
    boolean admitted;
    boolean connect = false;
    sharing.note(newcomer.party);
    synchronized (this) {
      free = sharing.mayTake(newcomer.party) ? takeIdle(stale) : null;
      admitted = free != null || mayWait(newcomer.party);
      if (free != null) {
        sharing.take(newcomer.party);
      } else if (admitted) {
        newcomer.queue(vertx.setTimer(bounds.waitMs(), late -> tire(newcomer)));
        connect = wantsConnection();
      }
    }
    stale.forEach(ServerConnection::close);
    if (free != null) {
      newcomer.serve(free);
    } else if (!admitted) {
      newcomer.fail("no connection is free, and too many calls wait for one");
    } else if (connect) {
      connect();
    }
  }

  /** Takes a connection out; on the way, those that are too old to be used again. */
  private ServerConnection takeIdle(List<ServerConnection> stale) {
    Idle best = null;
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle next = each.next();
      if (!isFresh(next.connection())) {
        each.remove();
        members.remove(next.connection());
        stale.add(next.connection());
      } else if (best == null || !best.connection().loop().isHere()) {
        best = best == null || next.connection().loop().isHere() ? next : best;
      }
    }
    if (best == null) {
      return null;
    }
    idle.remove(best);
    return best.connection();
  }

  private boolean isFresh(ServerConnection connection) {
    return connection.isOpen()
        && connector.trusts(connection)
        && connection.ageNanos() < TimeUnit.MILLISECONDS.toNanos(bounds.lifetimeMs());
  }

  /** Those for whom a connection is being opened do not count. */
  private boolean mayWait(Object party) {
    int opening = bounds.size() - members.size();
    int free = bounds.waiting() - Math.max(0, waiting.size() - opening);
    boolean fair = free > 0 && waiting.size(party) <= free;
    return !closed && (waiting.size() < opening || fair);
  }

  /** Whether a further connection is to be opened, which is then counted. */
  private boolean wantsConnection() {
    boolean wanted =
        !closed && connecting < waiting.size() && members.size() + connecting < bounds.size();
    if (wanted) {
      connecting++;
    }
    return wanted;
  }

  private void connect() {
    connector
        .open(EventLoop.beside(vertx), use)
        .onSuccess(this::arrived)
        .onFailure(this::notArrived);
  }

  private void arrived(ServerConnection connection) {
    outage.over(connection.server());
    synchronized (this) {
      connecting--;
      members.add(connection);
    }
    connection.listen();
    connection.whenClosed(() -> gone(connection));
    hand(connection);
  }

  /** While there are others, those who wait may still get one of them. */
  private void notArrived(Throwable failure) {
    outage.begins(failure);
    var hopeless = new ArrayList<Waiter<?>>();
    synchronized (this) {
      connecting--;
      if (members.isEmpty() && connecting == 0) {
        hopeless.addAll(waiting.removeAll());
      }
    }
    hopeless.forEach(waiter -> waiter.fail(failure));
  }

  private void gone(ServerConnection connection) {
    boolean connect;
    synchronized (this) {
      members.remove(connection);
      idle.removeIf(each -> each.connection() == connection);
      connect = wantsConnection();
    }
    if (connect) {
      connect();
    }
  }

  private synchronized void release(Object party) {
    sharing.giveBack(party);
  }

  /** Takes a connection back that nobody uses any more, and serves whoever's turn it is. */
  private void hand(ServerConnection connection) {
    boolean kept;
    List<Match> matches = new ArrayList<>(1);
    synchronized (this) {
      if (!members.contains(connection)) {
        return;
      }
      kept = !closed && isFresh(connection);
      if (kept) {
        idle.addFirst(new Idle(connection, System.nanoTime()));
        match(matches);
      }
    }
    matches.forEach(match -> match.waiter().serve(match.connection()));
    if (!kept) {
      connection.close();
    }
  }

  /** More than one where somebody may have more than he could have a moment ago. */
  private void match(List<Match> matches) {
    while (!idle.isEmpty() && isFresh(idle.getFirst().connection())) {
      Optional<Waiter<?>> next = waiting.next(sharing::mayTake);
      if (next.isEmpty()) {
        return;
      }
      sharing.take(next.get().party);
      matches.add(new Match(next.get(), idle.removeFirst().connection()));
    }
  }

  private void tire(Waiter<?> waiter) {
    boolean waited;
    synchronized (this) {
      waited = waiting.remove(waiter.party, waiter);
    }
    if (waited) {
      waiter.fail("no connection was free within " + bounds.waitMs() + " ms");
    }
  }

  private void sweep() {
    var over = new ArrayList<ServerConnection>(0);
    long now = System.nanoTime();
    synchronized (this) {
      for (Idle each : idle) {
        long idleNanos = now - each.sinceNanos();
        if (!isFresh(each.connection())
            || idleNanos >= TimeUnit.MILLISECONDS.toNanos(bounds.idleMs())) {
          over.add(each.connection());
        }
      }
    }
    over.forEach(this::retire);
  }

  /** Closes a connection that is idle, unless somebody has just taken it. */
  private void retire(ServerConnection connection) {
    boolean retired;
    synchronized (this) {
      retired = idle.removeIf(each -> each.connection() == connection);
    }
    if (retired) {
      connection.close();
    }
  }

  /** Closes all connections, whatever they are doing; who waits is told. */
  void close() {
    vertx.cancelTimer(sweeper);
    List<ServerConnection> all;
    List<Waiter<?>> left;
    synchronized (this) {
      closed = true;
      all = List.copyOf(members);
      left = waiting.removeAll();
    }
    left.forEach(waiter -> waiter.fail("the pool is closed"));
    all.forEach(ServerConnection::close);
  }

  /** A call that wants a connection, or has one. */
  private final class Waiter<T> {
    private final Object party;
    private final Function<SqlConnection, Future<T>> work;
    private final Promise<T> answer;
    private final long sinceNanos = System.nanoTime();
    private long timer = -1;

    Waiter(Object party, Function<SqlConnection, Future<T>> work, Promise<T> answer) {
      this.party = party;
      this.work = work;
      this.answer = answer;
    }

    void queue(long withTimer) {
      timer = withTimer;
      waiting.add(party, this);
    }

    void fail(String why) {
      fail(StoreException.unavailable(why));
    }

    void fail(Throwable failure) {
      vertx.cancelTimer(timer);
      answer.tryFail(failure);
    }

    void serve(ServerConnection connection) {
      vertx.cancelTimer(timer);
      meters.waited(System.nanoTime() - sinceNanos);
      if (connection.loop().isHere()) {
        use(connection);
      } else {
        connection.loop().run(here -> use(connection));
      }
    }

    private void use(ServerConnection connection) {
      long begun = System.nanoTime();
      timer = vertx.setTimer(bounds.silenceMs(), late -> listen(connection, begun));
      Future.<SqlConnection>succeededFuture(connection.client())
          .compose(work)
          .onComplete(done -> finish(connection, begun, done));
    }

    private void finish(ServerConnection connection, long begun, AsyncResult<T> done) {
      vertx.cancelTimer(timer);
      meters.used(System.nanoTime() - begun);
      if (done.failed() && SqlState.of(done.cause()) == SqlState.READ_ONLY) {
        connector.doubt(connection, Connector.TAKES_NO_WRITES);
      }
      release(party);
      hand(connection);
      if (done.succeeded()) {
        answer.tryComplete(done.result());
      } else {
        answer.tryFail(done.cause());
      }
    }

    /** Waits on as long as answers come. */
    private void listen(ServerConnection connection, long begun) {
      long heard = Math.max(0, connection.heardNanos() - begun);
      long quietMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun - heard);
      if (quietMs >= bounds.silenceMs()) {
        silent(connection);
      } else {
        timer = vertx.setTimer(bounds.silenceMs() - quietMs, late -> listen(connection, begun));
      }
    }

    private void silent(ServerConnection connection) {
      String why = "no answer within " + bounds.silenceMs() + " ms";
      connector.doubt(connection, why);
      answer.tryFail(StoreException.unavailable(why));
      connection.close();
    }
  }
}
