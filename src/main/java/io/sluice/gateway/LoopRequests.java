package io.sluice.gateway;

import io.sluice.config.HttpSettings;
import io.vertx.core.http.HttpServerOptions;

/** The requests of one event loop, and what they share. Used on that event loop only. */
final class LoopRequests {
  private final HttpSettings settings;
  private final GatewayState state;
  private final RequestIds requestIds = new RequestIds();
  private final HttpDate date = new HttpDate();
  private final LoopConnections connections;
  private final Line receiving = new Line();
  private final Line working = new Line();
  private final Line sending = new Line();
  private final Line flowing = new Line();
  private int flows;
  private final ForwardedFor proxies;
  private volatile Counts counts = new Counts(0, 0, 0, 0);

  /**
   * How many there are, for other threads.
   *
   * @param heads connections that have sent part of a head, or have not sent any request yet
   * @param idle connections between two requests
   * @param unread connections whose clients do not take their answers
   * @param bodies requests whose bodies come in
   */
  record Counts(int heads, int idle, int unread, int bodies) {}

  LoopRequests(HttpSettings settings, HttpServerOptions serverOptions, GatewayState state) {
    this.settings = settings;
    this.state = state;
    proxies = new ForwardedFor(settings.proxies().trusted(), settings.proxies().header());
    connections = new LoopConnections(settings, serverOptions, state);
    state.add(this);
  }

  HttpSettings settings() {
    return settings;
  }

  GatewayState state() {
    return state;
  }

  RequestIds requestIds() {
    return requestIds;
  }

  HttpDate date() {
    return date;
  }

  /** Whose word counts on for whom they ask. */
  ForwardedFor proxies() {
    return proxies;
  }

  LoopConnections connections() {
    return connections;
  }

  /** Those whose bodies come in. */
  Line receiving() {
    return receiving;
  }

  /** Those that are looked at, worked on, or answered before they were whole. */
  Line working() {
    return working;
  }

  /** Those of whose answers, made while they are sent, the client has not taken a piece. */
  Line sending() {
    return sending;
  }

  /** A body begins to go to its handler as it comes. */
  void flowBegins() {
    flows++;
  }

  /** It is in, or not wanted any more. */
  void flowEnds() {
    flows--;
  }

  /** Bodies of which a handler waits for the next chunk. */
  Line flowing() {
    return flowing;
  }

  Counts counts() {
    return counts;
  }

  /** Ends what has waited too long. */
  void sweep() {
    long now = state.nanoTime();
    working.expire(LoopConnections.before(now, settings.requestTimeoutMs()));
    receiving.expire(LoopConnections.before(now, settings.bodyTimeoutMs()));
    flowing.expire(
        state.isDraining() ? now + 1 : LoopConnections.before(now, settings.bodyTimeoutMs()));
    sending.expire(LoopConnections.before(now, settings.writeTimeoutMs()));
    connections.sweep();
    date.update();
    counts =
        new Counts(
            connections.heads().size(),
            connections.idle().size(),
            connections.unread().size(),
            receiving.size() + flows);
  }
}
