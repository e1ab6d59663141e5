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
    int requestTimeoutMs,
    int idleTimeoutMs,
    int eventLoops,
    boolean accessLog,
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
        keys.about("How many clients may be connected at once. Further ones are hung up on.")
            .integer("http.maxConnections", 10_000, 1, Bounds.MILLION),
        keys.about("How long a request may take from its headers to its answer, in milliseconds.")
            .integer("http.requestTimeoutMs", 10_000, 100, 600_000),
        keys.about("After how many milliseconds without traffic a connection is closed.")
            .integer("http.idleTimeoutMs", 75_000, 1_000, Bounds.DAY_MS),
        keys.about("Threads that serve HTTP. 0 takes as many as there are processors.")
            .integer("http.eventLoops", 0, 0, 256),
        keys.about("Whether each request is logged when it has been answered.")
            .flag("http.accessLog", true),
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
