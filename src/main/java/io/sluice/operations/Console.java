package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Room;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The console: pages for people on the management port. A page holds no data; what it shows it asks
 * for below {@code /console/admin}, where the administration's own operations stand behind the same
 * guard, to which a session says who calls.
 */
final class Console {
  private static final String PATH = "/console";

  private static final Room.Sign SIGN =
      new Room.Sign("console", "Console", Console::isOurs, Console::fault);

  private final Dialect dialect;
  private final ConsoleLive live;

  private Console(Dialect dialect, ConsoleLive live) {
    this.dialect = dialect;
    this.live = live;
  }

  /**
   * Begins to look at the meters.
   *
   * @param guard of the administration
   */
  static Console start(Vertx vertx, AdministrationParts parts, AdminGuard guard, Metrics metrics) {
    var sessions = new ConsoleSessions(parts.clock());
    AdminGuard own = guard.asking(sessions);
    Administration administration = Administration.of(parts).below(PATH);
    ConsoleLive live = ConsoleLive.start(vertx, metrics, parts.clock());
    List<Endpoint> endpoints = new ArrayList<>(ConsolePages.endpoints());
    endpoints.addAll(new ConsoleAccess(own, sessions, parts.credentialTypes()).endpoints());
    endpoints.addAll(own.onAll(administration.onAll().and(live.onAll())));
    endpoints.addAll(own.onTenants(administration.onTenants()));
    return new Console(ManagementRoom.of(SIGN, endpoints), live);
  }

  /** As the port serves it. */
  Dialect dialect() {
    return dialect;
  }

  /** Ends what pages are being told. */
  void end() {
    live.end();
  }

  private static boolean isOurs(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  /** Somebody who has mistyped an address sees a page. */
  private static Answer fault(Fault fault) {
    return fault instanceof Fault.NotFound missing && !missing.path().startsWith(PATH + "/admin/")
        ? ConsolePages.nothingHere()
        : AdminErrors.of(fault);
  }
}
