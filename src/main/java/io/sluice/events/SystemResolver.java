package io.sluice.events;

import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.share.Shares;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks the operating system, which keeps a thread for as long as the name's own servers like to
 * take. Tenants share the threads, and what one asks about a name at once is one question: whoever
 * runs a name server that never answers takes none of the others' threads.
 */
public final class SystemResolver implements HostResolver {
  static final int THREADS = 32;

  private static final long TIMEOUT_MS = 5_000;

  private final WorkerExecutor threads;
  private final LookUp lookUp;
  private final Shares<TenantId> places = new Shares<>(THREADS);
  private final Map<Question, Future<List<InetAddress>>> asked = new HashMap<>();

  private record Question(TenantId asker, String host) {}

  /** The question itself. It may take its time, and the thread's with it. */
  @FunctionalInterface
  interface LookUp {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  public SystemResolver(Vertx vertx) {
    this(vertx, InetAddress::getAllByName);
  }

  SystemResolver(Vertx vertx, LookUp lookUp) {
    this.threads = vertx.createSharedWorkerExecutor("sluice-names", THREADS, 1, TimeUnit.MINUTES);
    this.lookUp = lookUp;
  }

  @Override
  public Future<List<InetAddress>> resolve(TenantId asker, String host) {
    return literal(host)
        .map(address -> Future.succeededFuture(List.of(address)))
        .orElseGet(
            () -> {
              // Whoever shares the question of another event loop goes on at his own.
              Promise<List<InetAddress>> shared = EventLoop.callersPromise();
              ask(new Question(asker, host)).onComplete(shared);
              return shared.future().timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            });
  }

  /** An address is its own answer, and costs no thread. */
  private static Optional<InetAddress> literal(String host) {
    if (!Character.isDigit(host.charAt(0)) && host.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException name) {
      return Optional.empty();
    }
  }

  private synchronized Future<List<InetAddress>> ask(Question question) {
    Future<List<InetAddress>> before = asked.get(question);
    if (before != null) {
      return before;
    }
    var place = places.holding(question.asker());
    if (!place.take(1)) {
      return Future.failedFuture(new IOException("too many names are being looked up"));
    }
    Future<List<InetAddress>> answer =
        threads.executeBlocking(() -> List.of(lookUp.of(question.host())), false);
    asked.put(question, answer);
    return answer.onComplete(done -> end(question, place));
  }

  private synchronized void end(Question question, Shares<TenantId>.Holding place) {
    asked.remove(question);
    place.release();
  }
}
