package io.sluice.events;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Tells where names of hosts lead. */
@FunctionalInterface
public interface HostResolver {
  /**
   * All addresses of a host, at least one; fails when there is none, or no answer in time.
   *
   * @param asker for whom: some names take long, and whoever chose them waits for them
   */
  Future<List<InetAddress>> resolve(TenantId asker, String host);
}
