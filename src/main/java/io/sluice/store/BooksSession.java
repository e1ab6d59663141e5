package io.sluice.store;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Needs;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotice;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One connection that carries the pipeline's transactions, one at a time: {@link #lock} begins one,
 * {@link #commit} or {@link #rollback} ends it. Each is a single flush: its statements travel
 * together and cost one network round trip. It belongs to the event loop that opened it, where all
 * of its methods must be called.
 */
public final class BooksSession {
  /** The class of SQLSTATEs of what is done but not as it should be. */
  private static final String WARNINGS = "01";

  /** Makes a transaction one that standbys must confirm, and holds nothing for anybody. */
  private static final String WRITE_SOMETHING =
      "SELECT pg_logical_emit_message(true, 'sluice', 'confirm')";

  /** The same on the node of a tenant, whichever this is: it goes where the rows would be. */
  private static final String WRITE_SOMETHING_BESIDE =
      """
      SELECT pg_logical_emit_message(true, 'sluice', 'confirm')
      FROM (SELECT count(*) FROM account WHERE tenant_id = $1 AND number = 0) AS beside
      """;

  /**
   * Keeps Citus from moving a tenant until the transaction has ended. Locking rows alone does not:
   * they would be written where they are by then, and are locked where they were. No account has
   * the number.
   */
  private static final String STAY =
      "UPDATE account SET updated_at = updated_at WHERE tenant_id = $1 AND number = 0";

  private final EventLoop loop;
  private final Connector connector;
  private final ServerConnection server;
  private final PgConnection connection;
  private final BooksStatements statements;
  private final AccountNumbers numbers;
  private final BooksReader reader;
  private final long flushTimeoutMs;
  private boolean warned;

  private BooksSession(
      Connector connector,
      ServerConnection server,
      BooksStatements statements,
      AccountNumbers numbers,
      long flushTimeoutMs) {
    this.loop = server.loop();
    this.connector = connector;
    this.server = server;
    this.connection = server.client();
    this.statements = statements;
    this.numbers = numbers;
    this.reader = new BooksReader(statements, numbers);
    this.flushTimeoutMs = flushTimeoutMs;
    connection.noticeHandler(notice -> warned |= isWarning(notice));
  }

  private static boolean isWarning(PgNotice notice) {
    return notice.getCode() != null && notice.getCode().startsWith(WARNINGS);
  }

  /**
   * Connects and prepares the statements.
   *
   * @param numbers shared by the sessions of one event loop
   * @param lockTimeoutMs how long a statement waits for a row that somebody else has locked
   * @param flushTimeoutMs how long preparing, or later a flush, may take before the connection is
   *     given up; more than the server's own statement timeout
   */
  public static Future<BooksSession> open(
      Connector connector, AccountNumbers numbers, long flushTimeoutMs, long lockTimeoutMs) {
    EventLoop loop = EventLoop.current(connector.vertx());
    return connector
        .open(loop, ConnectionUse.LANE)
        .compose(
            server ->
                within(flushTimeoutMs, loop, prepare(connector, server.client(), lockTimeoutMs))
                    .map(
                        statements ->
                            new BooksSession(
                                connector, server, statements, numbers, flushTimeoutMs))
                    .onFailure(failure -> server.close()));
  }

  private static Future<BooksStatements> prepare(
      Connector connector, PgConnection connection, long lockTimeoutMs) {
    return connection
        .query("SET lock_timeout = " + lockTimeoutMs)
        .execute()
        .compose(set -> BooksStatements.prepare(connection, connector.database().citus()));
  }

  /** Where it is connected to. */
  public Server server() {
    return server.server();
  }

  /** The process of PostgreSQL that serves it, by the number that the server gives it. */
  public int process() {
    return connection.processId();
  }

  public boolean isOpen() {
    loop.assertOwner();
    return server.isOpen();
  }

  /** Whether a further transaction may begin on it: nothing has cast doubt on its server since. */
  public boolean isTrusted() {
    loop.assertOwner();
    return server.isOpen() && connector.trusts(server);
  }

  /** Has something run once, when the connection ends; at once when it has ended already. */
  public void whenClosed(Runnable task) {
    loop.assertOwner();
    server.whenClosed(task);
  }

  /**
   * Begins a transaction, locks every account that is needed, in one order, and reads what decides
   * the answers. Accounts that do not exist yet are opened at zero, which costs one more flush.
   *
   * @param readsKey whether it must be looked up at once if a key has been used up; any other is
   *     left {@linkplain LockedBooks#isUnread unread}
   * @param again whether this is a further attempt, so that it must be looked up which of the
   *     transfers were committed by an earlier one. The locks make the answer final: an earlier
   *     attempt that still ran would hold them.
   * @param now lots that expire up to this moment count no more
   */
  public Future<List<LockedBooks>> lock(
      List<Needs> needs, Predicate<UUID> readsKey, boolean again, Instant now) {
    loop.assertOwner();
    List<LockedBooks> books = needs.stream().map(LockedBooks::new).toList();
    List<Future<?>> flush = new ArrayList<>();
    flush.add(connection.query("BEGIN").execute());
    if (connector.database().citus()) {
      needs.forEach(each -> flush.add(forTenant(STAY, each.tenant())));
    }
    books.forEach(each -> reader.read(each, readsKey, again, now, flush));
    return all(flush)
        .onFailure(this::doubtNumbers)
        .compose(done -> openMissing(books, now))
        .map(books);
  }

  private void doubtNumbers(Throwable failure) {
    if (SqlState.of(failure) != SqlState.LOCK_TIMEOUT) {
      numbers.clear();
    }
  }

  private Future<Void> openMissing(List<LockedBooks> books, Instant now) {
    List<Future<?>> flush = new ArrayList<>();
    for (LockedBooks each : books) {
      if (each.books().accounts().size() < each.needs().accounts().size()) {
        reader.open(each, missing(each), now, flush);
      }
    }
    return flush.isEmpty() ? Future.succeededFuture() : all(flush);
  }

  private static List<AccountRef> missing(LockedBooks books) {
    return books.needs().accounts().stream()
        .filter(account -> !books.books().hasAccount(account.id()))
        .toList();
  }

  /**
   * Writes what was decided and commits; or only looks up what is left to be, where nothing was
   * decided that is to be written.
   *
   * @param unread keys that were left unread, of commands that write nothing. Those that were used
   *     up are in the books afterwards.
   * @throws IllegalStateException when the books would not be whole afterwards; nothing has been
   *     sent then, and the transaction is still open
   * @return fails when anything was refused, in which case nothing is committed; after a lost
   *     connection the fate of the transaction is unknown
   */
  public Future<Void> commit(
      List<LockedBooks> books, Map<LockedBooks, List<UUID>> unread, Instant now) {
    List<BooksWriter> writers =
        books.stream()
            .filter(each -> !each.changes().isEmpty())
            .map(each -> new BooksWriter(each, now))
            .toList();
    // All of it is found sound before any of it is sent.
    List<Future<?>> flush = new ArrayList<>();
    // Before anything is written, so that only others' keys are found.
    unread.forEach((each, keys) -> reader.findKeys(each, keys, flush));
    writers.forEach(writer -> writer.write(statements, flush));
    // PostgreSQL answers COMMIT of a failed transaction with success and rolls back: the futures of
    // all statements decide, not this one's alone.
    flush.add(connection.query(writers.isEmpty() ? "ROLLBACK" : "COMMIT").execute());
    return confirmed(flush);
  }

  /**
   * Makes sure that what has been read is as durable as what is written here: the COMMIT of whoever
   * wrote it may still wait for a standby, or may have stopped to. Between transactions.
   *
   * @param tenants of whom something has been read
   * @return fails like {@link #commit}
   */
  public Future<Void> confirm(Collection<TenantId> tenants) {
    List<Future<?>> flush = new ArrayList<>();
    flush.add(connection.query("BEGIN").execute());
    if (connector.database().citus()) {
      tenants.forEach(tenant -> flush.add(forTenant(WRITE_SOMETHING_BESIDE, tenant)));
    } else {
      flush.add(connection.query(WRITE_SOMETHING).execute());
    }
    flush.add(connection.query("COMMIT").execute());
    return confirmed(flush);
  }

  private Future<?> forTenant(String sql, TenantId tenant) {
    return connection.preparedQuery(sql).execute(Tuple.of(tenant.value()));
  }

  /** A warning means that the wait for a standby was broken off. */
  private Future<Void> confirmed(List<Future<?>> flush) {
    warned = false;
    return all(flush)
        .compose(
            done ->
                warned
                    ? Future.failedFuture(
                        StoreException.unavailable("no standby has confirmed the commit"))
                    : Future.succeededFuture());
  }

  /** Looks at who has locked what, without waiting for anybody. Between transactions. */
  public Future<RowLocks> lockedByOthers(List<Needs> needs) {
    loop.assertOwner();
    var locks = new RowLocks();
    List<Future<?>> flush = new ArrayList<>();
    needs.forEach(each -> reader.findLocks(each, locks, flush));
    return all(flush).map(locks);
  }

  /** Ends the transaction without a trace. */
  public Future<Void> rollback() {
    return all(List.of(connection.query("ROLLBACK").execute()));
  }

  /** Closes the connection, whatever it is doing. */
  public void close() {
    loop.assertOwner();
    server.close();
  }

  /** Waits for every answer of a flush, so that no late one reaches the next transaction. */
  private Future<Void> all(List<Future<?>> flush) {
    return within(flushTimeoutMs, loop, Future.join(flush))
        .<Void>mapEmpty()
        .recover(failure -> Future.failedFuture(firstCause(flush, failure)));
  }

  /** With a deadline that is kept on the event loop: a future of no context is timed elsewhere. */
  private static <T> Future<T> within(long timeoutMs, EventLoop loop, Future<T> future) {
    Promise<T> promise = loop.promise();
    future.onComplete(promise);
    return promise.future().timeout(timeoutMs, TimeUnit.MILLISECONDS);
  }

  /** The first failure is the cause; the statements after it only report an aborted transaction. */
  private Throwable firstCause(List<Future<?>> flush, Throwable failure) {
    for (Future<?> each : flush) {
      if (!each.isComplete()) {
        connector.doubt(server, "a lane had no answer within " + flushTimeoutMs + " ms");
        close();
        return failure;
      }
      if (each.failed()) {
        if (SqlState.of(each.cause()) == SqlState.READ_ONLY) {
          connector.doubt(server, Connector.TAKES_NO_WRITES);
        }
        return each.cause();
      }
    }
    return failure;
  }
}
