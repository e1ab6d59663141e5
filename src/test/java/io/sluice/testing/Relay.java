package io.sluice.testing;

import io.sluice.store.Database;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A network between a pipeline and PostgreSQL, on which a test lets happen what it wants. */
public final class Relay implements AutoCloseable {
  private static final String COMMIT = "COMMIT\0";

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Queue<NetSocket> carried = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final Set<NetSocket> held = ConcurrentHashMap.newKeySet();
  private final Database real;
  private final Database database;
  private volatile String name;
  private volatile Consumer<NetSocket> newcomers = this::connect;
  private volatile BiConsumer<Pair, Buffer> onCommit = Relay::pass;

  /** The two ends of one connection. */
  private record Pair(NetSocket near, NetSocket far) {
    void cut() {
      near.close();
      far.close();
    }
  }

  private Relay(Database real) {
    this.real = real;
    this.name = real.name();
    NetServer server = vertx.createNetServer().connectHandler(this::take);
    int port = Await.result(server.listen(0, "127.0.0.1")).actualPort();
    database = TestDatabase.at(real, port);
  }

  public static Relay to(Database real) {
    return new Relay(real);
  }

  /** The same database, as it is reached through here. */
  public Database database() {
    return database;
  }

  private void take(NetSocket near) {
    taken.incrementAndGet();
    held.add(near);
    near.closeHandler(closed -> held.remove(near));
    newcomers.accept(near);
  }

  private void connect(NetSocket near) {
    near.pause();
    client
        .connect(real.port(), real.host())
        .onSuccess(far -> carry(new Pair(near, far)))
        .onFailure(failure -> near.close());
  }

  private void carry(Pair pair) {
    pair.near().handler(sent -> forward(pair, sent));
    pair.far().handler(pair.near()::write);
    pair.near()
        .closeHandler(
            closed -> {
              held.remove(pair.near());
              pair.far().close();
            });
    pair.far().closeHandler(closed -> pair.near().close());
    carried.add(pair.near());
    carried.add(pair.far());
    pair.near().resume();
  }

  private void forward(Pair pair, Buffer received) {
    Buffer sent = renamed(received);
    if (isCommit(sent)) {
      commits.incrementAndGet();
      onCommit.accept(pair, sent);
    } else {
      pass(pair, sent);
    }
  }

  /** Names of test databases are of one length, so that the message stays whole. */
  private Buffer renamed(Buffer sent) {
    String text = sent.toString(StandardCharsets.ISO_8859_1);
    return text.contains(real.name())
        ? Buffer.buffer(text.replace(real.name(), name), StandardCharsets.ISO_8859_1.name())
        : sent;
  }

  private static void pass(Pair pair, Buffer sent) {
    pair.far().write(sent);
  }

  /** Both the statement and the answer to it end like this. */
  private static boolean isCommit(Buffer bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1).contains(COMMIT);
  }

  /** As if the server here were another one, on which the database is that other one. */
  public void leadTo(Database other) {
    name = other.name();
  }

  /** Connections that somebody holds open to here, answered or not. */
  public int open() {
    return held.size();
  }

  /** Connections that were ever opened to here. */
  public int newcomers() {
    return taken.get();
  }

  /** Closes all connections there are; new ones work. */
  public void cut() {
    carried.forEach(NetSocket::close);
    carried.clear();
  }

  /** New connections get no answer from now on; those that there are go on. */
  public void ignoreNewcomers() {
    newcomers = near -> {};
  }

  /** New connections are closed at once from now on; those that there are go on. */
  public void turnNewcomersAway() {
    newcomers = NetSocket::close;
  }

  /** New connections work again. */
  public void welcomeNewcomers() {
    newcomers = this::connect;
  }

  /** What is sent on the connections there are goes nowhere from now on; new ones work. */
  public void freeze() {
    carried.forEach(
        socket -> {
          socket.handler(lost -> {});
          socket.closeHandler(ignored -> held.remove(socket));
        });
    carried.clear();
  }

  /** COMMITs that were ever sent. */
  public int commits() {
    return commits.get();
  }

  /** So many next COMMITs succeed with a warning. */
  public void warnAtCommits(int times) {
    onCommit =
        times == 0
            ? Relay::pass
            : (pair, sent) -> {
              warnAtCommits(times - 1);
              pair.far()
                  .handler(
                      answer -> {
                        pair.far().handler(pair.near()::write);
                        pair.near().write(warning().appendBuffer(answer));
                      });
              pass(pair, sent);
            };
  }

  /** What PostgreSQL says when the wait for a standby is broken off. */
  private static Buffer warning() {
    String fields = "SWARNING\0VWARNING\0C01000\0Mcanceling wait for synchronous replication\0\0";
    return Buffer.buffer()
        .appendString("N")
        .appendInt(Integer.BYTES + fields.length())
        .appendString(fields);
  }

  /** Cuts the connection of the next COMMIT once PostgreSQL has confirmed it. */
  public Promise<Void> loseNextConfirmation() {
    Promise<Void> lost = Promise.promise();
    onCommit =
        (pair, sent) -> {
          onCommit = Relay::pass;
          pair.far().handler(answer -> loseConfirmation(pair, answer, lost));
          pass(pair, sent);
        };
    return lost;
  }

  private static void loseConfirmation(Pair pair, Buffer answer, Promise<Void> lost) {
    if (isCommit(answer)) {
      pair.cut();
      lost.complete();
    }
  }

  /** Cuts the connection instead of passing the next COMMIT on, and turns newcomers away then. */
  public Promise<Void> loseNextCommit() {
    Promise<Void> lost = Promise.promise();
    onCommit =
        (pair, sent) -> {
          onCommit = Relay::pass;
          turnNewcomersAway();
          pair.cut();
          lost.complete();
        };
    return lost;
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
