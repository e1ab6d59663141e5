package io.sluice.events;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tells where names of hosts lead. */
@FunctionalInterface
public interface HostResolver {
  /** All addresses of a host, at least one; fails when there is none, or no answer in time. */
  Future<List<InetAddress>> resolve(String host);

  /** The system's, on a few threads of its own: it blocks, and some names take long. */
  static HostResolver ofSystem(Vertx vertx) {
    WorkerExecutor threads =
        vertx.createSharedWorkerExecutor("sluice-names", 4, 1, TimeUnit.MINUTES);
    return host ->
        threads
            .executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
            .timeout(5, TimeUnit.SECONDS);
  }
}
