package io.sluice.gateway;

import io.sluice.config.HttpSettings;

/** The requests of one event loop, and what they share. Used on that event loop only. */
final class LoopRequests {
  private static final long NANOS_PER_MS = 1_000_000;

  private final HttpSettings settings;
  private final GatewayState state;
  private final RequestIds requestIds = new RequestIds();
  private final InFlight inFlight = new InFlight();

  LoopRequests(HttpSettings settings, GatewayState state) {
    this.settings = settings;
    this.state = state;
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

  void started(Exchange exchange) {
    inFlight.add(exchange);
    state.requestStarted();
  }

  void ended(Exchange exchange) {
    inFlight.remove(exchange);
    state.requestEnded();
  }

  /** Ends what has passed its deadline. */
  void sweep() {
    inFlight.expire(state.nanoTime() - settings.requestTimeoutMs() * NANOS_PER_MS);
  }
}
