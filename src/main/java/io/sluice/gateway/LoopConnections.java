package io.sluice.gateway;

import io.sluice.access.ClientAddress;
import io.sluice.config.HttpSettings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The connections of one event loop. Used on that event loop only. */
final class LoopConnections {
  /** One of so many places for connections is kept free, if need be by cutting idle ones. */
  private static final int PLACES_PER_FREE_ONE = 10;

  /** How long a client may go on sending what nobody wants, after an answer that said so. */
  private static final int LINGER_MS = 2_000;

  private final HttpSettings settings;
  private final GatewayState state;
  private final Map<HttpConnection, ClientConnection> all = new IdentityHashMap<>();
  private final Line heads = new Line();
  private final Line idle = new Line();
  private final Line unread = new Line();
  private final Line leaving = new Line();
  private final HttpServerOptions serverOptions;

  LoopConnections(HttpSettings settings, HttpServerOptions serverOptions, GatewayState state) {
    this.settings = settings;
    this.serverOptions = serverOptions;
    this.state = state;
  }

  HttpServerOptions serverOptions() {
    return serverOptions;
  }

  GatewayState state() {
    return state;
  }

  /** Those that have sent part of a head, or have not sent any request yet. */
  Line heads() {
    return heads;
  }

  /** Those between two requests. */
  Line idle() {
    return idle;
  }

  /** Those whose clients do not take their answers. */
  Line unread() {
    return unread;
  }

  /** Those that got an answer after which they have nothing more to send, and may not know it. */
  Line leaving() {
    return leaving;
  }

  long nanoTime() {
    return state.nanoTime();
  }

  /** Takes a new connection on, or hangs up. */
  void opened(HttpConnection http) {
    String peer = peer(http);
    ClientAddress address = peer.isEmpty() ? ClientAddress.NONE : ClientAddress.of(peer);
    var place = state.connections().holding(address);
    if (state.isClosing()) {
      // It is not among those that a server that stops waits for.
      http.close();
    } else if (!place.take(1)) {
      state.cut(Cut.CONNECTIONS);
      http.close();
    } else {
      var connection = new ClientConnection(this, http, peer, address, place);
      all.put(http, connection);
      http.closeHandler(closed -> all.remove(http).closed());
    }
  }

  /** The connection of a request; null when it was hung up on. */
  ClientConnection of(HttpConnection http) {
    return all.get(http);
  }

  private static String peer(HttpConnection http) {
    SocketAddress remote = http.remoteAddress();
    return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
  }

  /** Cuts what has waited too long, and idle connections where places become few. */
  void sweep() {
    long now = nanoTime();
    heads.expire(before(now, settings.headerTimeoutMs()));
    idle.expire(before(now, settings.idleTimeoutMs()));
    leaving.expire(before(now, LINGER_MS));
    unread.expire(before(now, settings.writeTimeoutMs()));
    for (Timed each = unread.oldest(); each != null; each = each.newer) {
      ((ClientConnection.Unread) each).count();
    }
    makeRoom();
  }

  /** First those that have not sent a request, then those that send none now. */
  private void makeRoom() {
    long places = state.connections().capacity();
    long excess = state.connections().used() - (places - places / PLACES_PER_FREE_ONE);
    long own = Math.ceilDiv(excess, settings.eventLoops());
    own = cutOldest(heads, own);
    cutOldest(idle, own);
  }

  private static long cutOldest(Line line, long most) {
    long left = most;
    for (Timed each = line.oldest(); each != null && left > 0; left--) {
      Timed due = each;
      each = due.newer;
      ((ClientConnection) due).cut(Cut.CONNECTIONS);
    }
    return left;
  }

  static long before(long now, int timeoutMs) {
    return now - TimeUnit.MILLISECONDS.toNanos(timeoutMs);
  }
}
