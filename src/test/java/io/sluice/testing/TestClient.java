package io.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * A blocking HTTP client for tests, with headers that go with every request. Immutable; each {@code
 * with} gives another one. Every answer goes through the check.
 */
public final class TestClient {
  private static final HttpClient PLAIN = builder().build();

  private final HttpClient http;
  private final String baseUrl;
  private final ReplyCheck check;
  private final Map<String, String> headers;

  private TestClient(
      HttpClient http, String baseUrl, ReplyCheck check, Map<String, String> headers) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.check = check;
    this.headers = headers;
  }

  /** A client without headers of its own. */
  public static TestClient of(String baseUrl, ReplyCheck check) {
    return new TestClient(PLAIN, baseUrl, check, Map.of());
  }

  /** A client that speaks TLS with the loopback address. */
  public static TestClient tls(int port, SSLContext context) {
    HttpClient http = builder().sslContext(context).build();
    return new TestClient(http, "https://127.0.0.1:" + port, ReplyCheck.NONE, Map.of());
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Patience.LIMIT);
  }

  /** The same client with one more header, or another value of it. */
  public TestClient with(String name, String value) {
    var more = new HashMap<>(without(name).headers);
    more.put(name, value);
    return new TestClient(http, baseUrl, check, Map.copyOf(more));
  }

  /** The same client without a header. */
  public TestClient without(String name) {
    var fewer = new HashMap<>(headers);
    fewer.keySet().removeIf(name::equalsIgnoreCase);
    return new TestClient(http, baseUrl, check, Map.copyOf(fewer));
  }

  public String baseUrl() {
    return baseUrl;
  }

  /** The headers that go with every request. */
  public Map<String, String> headers() {
    return headers;
  }

  public Reply get(String target) {
    return send("GET", target, new byte[0]);
  }

  /** Posts JSON, unless a header says that it is something else. */
  public Reply post(String target, String body) {
    return send("POST", target, body);
  }

  /** Sends JSON, unless a header says that it is something else. */
  public Reply send(String method, String target, String body) {
    return typed().send(method, target, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Like {@link #send(String, String, String)}, without waiting. */
  public CompletableFuture<Reply> sendAsync(String method, String target, String body) {
    TestClient typed = typed();
    HttpRequest request = typed.request(method, target, body.getBytes(StandardCharsets.UTF_8));
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> typed.checked(method, target, response));
  }

  /** Sends these bytes with exactly this client's headers. */
  public Reply send(String method, String target, byte[] body) {
    try {
      HttpRequest request = request(method, target, body);
      return checked(method, target, http.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private TestClient typed() {
    boolean hasType = headers.keySet().stream().anyMatch("Content-Type"::equalsIgnoreCase);
    return hasType ? this : with("Content-Type", "application/json");
  }

  private HttpRequest request(String method, String target, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + target))
            .timeout(Patience.LIMIT)
            .method(
                method,
                body.length == 0 && isBodyless(method)
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return request.build();
  }

  private static boolean isBodyless(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("DELETE");
  }

  private Reply checked(String method, String target, HttpResponse<byte[]> response) {
    var byName = new HashMap<String, java.util.List<String>>();
    response
        .headers()
        .map()
        .forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), values));
    Reply reply = new Reply(response.statusCode(), Map.copyOf(byName), response.body());
    check.check(method, target, reply);
    return reply;
  }
}
