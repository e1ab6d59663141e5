package io.sluice.gateway;

/**
 * How the gateway listens and what it puts up with.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param eventLoops how many event loops carry requests, each with a server of its own
 * @param maxBodyBytes the largest request body that is read
 * @param maxHeaderBytes the most bytes of all request headers together
 * @param maxInitialLineBytes the longest request line, that is method, path and query
 * @param maxConnections how many clients may be connected at once; further ones are hung up on
 * @param deadlineMs how long a request may take, from its headers to its answer
 * @param idleTimeoutMs after which a connection without traffic is closed
 * @param drainMs how long a stop waits for requests in flight
 */
public record GatewayOptions(
    String host,
    int port,
    int eventLoops,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxInitialLineBytes,
    int maxConnections,
    long deadlineMs,
    int idleTimeoutMs,
    long drainMs) {
  /** The values of an untouched configuration. */
  public static final GatewayOptions DEFAULT =
      new GatewayOptions(
          "127.0.0.1", 8080, 2, 262_144, 16_384, 8_192, 10_000, 20_000, 60_000, 20_000);

  public GatewayOptions {
    if (eventLoops < 1) {
      throw new IllegalArgumentException("a gateway needs one event loop or more");
    }
  }

  /** The same options on another port. */
  public GatewayOptions withPort(int otherPort) {
    return new GatewayOptions(
        host,
        otherPort,
        eventLoops,
        maxBodyBytes,
        maxHeaderBytes,
        maxInitialLineBytes,
        maxConnections,
        deadlineMs,
        idleTimeoutMs,
        drainMs);
  }

  /** The same options with another deadline. */
  public GatewayOptions withDeadlineMs(long otherDeadlineMs) {
    return new GatewayOptions(
        host,
        port,
        eventLoops,
        maxBodyBytes,
        maxHeaderBytes,
        maxInitialLineBytes,
        maxConnections,
        otherDeadlineMs,
        idleTimeoutMs,
        drainMs);
  }
}
