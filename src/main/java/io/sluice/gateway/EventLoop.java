package io.sluice.gateway;

/** What the requests of one event loop share. Used on that event loop only. */
final class EventLoop {
  private final GatewayOptions options;
  private final GatewayState state;
  private final RequestIds requestIds = new RequestIds();
  private final InFlight inFlight = new InFlight();

  EventLoop(GatewayOptions options, GatewayState state) {
    this.options = options;
    this.state = state;
  }

  GatewayOptions options() {
    return options;
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
    inFlight.expire(state.nanoTime() - options.deadlineMs() * 1_000_000);
  }
}
