package io.sluice.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How HTTP listens and what it puts up with.
 *
 * @param port 0 takes any free one
 * @param eventLoops how many carry requests, each with a server of its own; 1 or more, as 0 is
 *     taken for as many as there are processors
 * @param publicUrl without a slash at its end
 */
public record HttpSettings(
    String host,
    int port,
    int maxBodyBytes,
    int maxHeaderBytes,
    int maxRequestLineBytes,
    int maxConnections,
    int bodyBudgetBytes,
    int headerTimeoutMs,
    int bodyTimeoutMs,
    int requestTimeoutMs,
    int writeTimeoutMs,
    int idleTimeoutMs,
    int lameDuckMs,
    int eventLoops,
    boolean accessLog,
    ProxySettings proxies,
    Optional<String> publicUrl) {
  public static final Section<HttpSettings> SECTION = new Section<>(HttpSettings::read);

  public HttpSettings {
    eventLoops = eventLoops == 0 ? Runtime.getRuntime().availableProcessors() : eventLoops;
  }

  /** Whether only this machine can connect; a name other than localhost is not looked up. */
  public boolean isLoopback() {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  private static HttpSettings read(Keys keys) {
    return new HttpSettings(
        keys.about(
                "Where the providers' APIs listen. The default keeps a first try private; 0.0.0.0"
                    + " opens it to the network.")
            .text("http.host", "127.0.0.1"),
        keys.about("Their port. 0 takes any free one.")
            .integer("http.port", 8080, 0, Bounds.MAX_PORT),
        keys.about("The largest request body, in bytes.")
            .integer("http.maxBodyBytes", 262_144, 1_024, 16 * Bounds.MILLION),
        keys.about("The largest sum of a request's headers, in bytes.")
            .integer("http.maxHeaderBytes", 16_384, 1_024, Bounds.MILLION),
        keys.about("The longest first line of a request, that is method, path and query, in bytes.")
            .integer("http.maxRequestLineBytes", 8_192, 1_024, Bounds.MILLION),
        keys.about(
                "How many clients may be connected at once. Further ones are hung up on, and so are"
                    + " those of an address that has as many connections as are free.")
            .integer("http.maxConnections", 5_000, 1, Bounds.MILLION),
        keys.about(
                "The memory for bodies, unfinished or large headers, requests sent ahead and unread"
                    + " answers of all clients together, in bytes. A request that does not fit is"
                    + " answered as overloaded. No tenant and no address takes more than is free.")
            .integer("http.bodyBudgetBytes", 33_554_432, 1_048_576, Integer.MAX_VALUE),
        keys.about(
                "How long a new connection may take to send its first request's headers, and a"
                    + " later request from its first byte to the end of its headers, in"
                    + " milliseconds.")
            .integer("http.headerTimeoutMs", 10_000, 100, 600_000),
        keys.about("How long a request's body may take to arrive, in milliseconds.")
            .integer("http.bodyTimeoutMs", 10_000, 100, 600_000),
        keys.about(
                "How long a request may take to its answer, from the end of its headers or of its"
                    + " body, in milliseconds.")
            .integer("http.requestTimeoutMs", 10_000, 100, 600_000),
        keys.about("How long a client may take to read what waits for it, in milliseconds.")
            .integer("http.writeTimeoutMs", 10_000, 100, 600_000),
        keys.about("After how many milliseconds without a request a connection is closed.")
            .integer("http.idleTimeoutMs", 75_000, 1_000, Bounds.DAY_MS),
        keys.about(
                "How long a stop goes on taking connections and answering, in milliseconds, so that"
                    + " a load balancer sees first that the gateway is not ready.")
            .integer("http.lameDuckMs", 3_000, 0, 600_000),
        keys.about("Threads that serve HTTP. 0 takes as many as there are processors.")
            .integer("http.eventLoops", 0, 0, 256),
        keys.about("Whether each request is logged when it has been answered.")
            .flag("http.accessLog", true),
        ProxySettings.read(keys),
        keys.about(
                "How clients reach the gateway, where that differs from host and port; printed in"
                    + " the demo's calls.")
            .optional("http.publicUrl", "an http or https URL", HttpSettings::url));
  }

  private static String url(String text) {
    if (!text.matches("https?://[^/\\s?#]+(/[^\\s?#]*)?")) {
      throw new IllegalArgumentException();
    }
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
