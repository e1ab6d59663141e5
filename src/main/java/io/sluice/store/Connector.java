package io.sluice.store;

import io.sluice.loop.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to whichever of a database's servers takes writes. Every attempt has a
 * deadline, and leaves no socket behind when it fails: each has a network client of its own, which
 * is closed with all that it has opened.
 */
public final class Connector {
  static final String TAKES_NO_WRITES = "the server takes no more writes";

  private static final Logger log = LoggerFactory.getLogger(Connector.class);

  /** From this version on a role may have a limit on whole transactions. */
  private static final int TRANSACTION_TIMEOUT_VERSION = 17;

  private static final String IS_READ_ONLY = "SHOW transaction_read_only";
  private static final String WITHOUT_LIMIT = "SET transaction_timeout = 0; ";

  private final Vertx vertx;
  private final Database database;
  private final NetClientOptions transport;
  private final AtomicInteger doubts = new AtomicInteger();

  /** The place, among the servers, of the one that was last found to take writes. */
  private volatile int preferred;

  /**
   * @param database with a {@code sslmode} that leaves nothing to be tried
   */
  public Connector(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
    int connectTimeoutMs = database.limits().connectTimeoutMs();
    this.transport =
        new NetClientOptions()
            .setConnectTimeout(connectTimeoutMs)
            .setTcpKeepAlive(true)
            // What the other side's machine does not acknowledge. Only the native transport can.
            .setTcpUserTimeout(database.limits().queryTimeoutMs());
  }

  Vertx vertx() {
    return vertx;
  }

  /** The same database by way of one of its nodes alone. */
  public Connector at(Server node) {
    return new Connector(vertx, database.withServers(List.of(node)));
  }

  /** What it connects to. */
  public Database database() {
    return database;
  }

  /**
   * Tries the servers in their order, the one that was good last first.
   *
   * @return fails with a {@link StoreException} that says of each server why not
   */
  Future<ServerConnection> open(EventLoop loop, ConnectionUse use) {
    Promise<ServerConnection> promise = loop.promise();
    loop.run(
        here ->
            password()
                .compose(password -> tryFrom(loop, use, password, preferred, new ArrayList<>()))
                .onComplete(promise));
    return promise.future();
  }

  /** Whoever changes the password changes the file, so it is read for each connection. */
  private Future<Optional<String>> password() {
    return database.passwordFile().isEmpty()
        ? Future.succeededFuture(database.password())
        : vertx.executeBlocking(database::currentPassword, false);
  }

  private Future<ServerConnection> tryFrom(
      EventLoop loop,
      ConnectionUse use,
      Optional<String> password,
      int place,
      List<String> failures) {
    List<Server> servers = database.servers();
    if (failures.size() == servers.size()) {
      return Future.failedFuture(StoreException.unavailable(String.join("; ", failures)));
    }
    Server server = servers.get(place);
    return attempt(loop, server, database.options(use, server, password))
        .onSuccess(opened -> preferred = place)
        .recover(
            failure -> {
              failures.add(server + " " + SqlState.explain(failure));
              return tryFrom(loop, use, password, (place + 1) % servers.size(), failures);
            });
  }

  private Future<ServerConnection> attempt(
      EventLoop loop, Server server, PgConnectOptions options) {
    int confidence = doubts.get();
    ConnectionFactory<PgConnectOptions> factory =
        PgDriver.INSTANCE.createConnectionFactory(vertx, transport);
    return factory
        .connect(vertx.getOrCreateContext(), options)
        .map(
            client ->
                new ServerConnection(server, loop, PgConnection.cast(client), factory, confidence))
        .compose(connection -> requireWritable(connection.client()).map(connection))
        .timeout(database.limits().connectTimeoutMs(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> factory.close((done, late) -> {}));
  }

  /** A standby, or a primary that is being replaced or has no room left, is none for us. */
  private static Future<Void> requireWritable(SqlConnection client) {
    boolean limited = client.databaseMetadata().majorVersion() >= TRANSACTION_TIMEOUT_VERSION;
    return client
        .query(limited ? WITHOUT_LIMIT + IS_READ_ONLY : IS_READ_ONLY)
        .execute()
        .map(rows -> limited ? rows.next() : rows)
        .compose(
            rows ->
                rows.iterator().next().getString(0).equals("on")
                    ? Future.failedFuture(StoreException.unavailable("it takes no writes"))
                    : Future.succeededFuture());
  }

  /**
   * Notes that a connection has turned out bad in a way that its siblings share: it has fallen
   * silent, or its server takes no more writes. Those that were opened before are not used again.
   */
  void doubt(ServerConnection bad, String why) {
    if (doubts.compareAndSet(bad.confidence(), bad.confidence() + 1)) {
      log.atWarn()
          .addKeyValue("sluice.server", bad.server())
          .log("Connections to PostgreSQL are given up: {}", why);
    }
  }

  /** Whether a connection may be used for something new. */
  boolean trusts(ServerConnection connection) {
    return connection.confidence() == doubts.get();
  }
}
