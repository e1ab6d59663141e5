package io.sluice.loadtest.gatling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Sets a tenant up, as an operator and its clients would: over the management port and the APIs.
 */
final class Site {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLS_AT_ONCE = 64;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int tenant;

  Site(String name) {
    tenant =
        call(
                Options.MANAGEMENT_URL + "/admin/tenants",
                "{\"name\":\"" + name + "-" + System.nanoTime() + "\"}",
                admin())
            .get("id")
            .intValue();
  }

  static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private static Map<String, String> admin() {
    return bearer(Options.ADMIN_TOKEN);
  }

  /** Posts to the tenant's administration. */
  JsonNode administer(String path, String body) {
    return call(Options.MANAGEMENT_URL + "/admin/tenants/" + tenant + path, body, admin());
  }

  /** Posts to a provider's API. */
  JsonNode post(String path, String body, Map<String, String> headers) {
    return call(Options.BASE_URL + path, body, headers);
  }

  /** Makes many things at once; in the order of their numbers. */
  List<String> many(
      int count,
      String path,
      IntFunction<String> body,
      Map<String, String> headers,
      Function<JsonNode, String> result) {
    return many(count, i -> path, body, headers, result);
  }

  /** The same, each at a path of its own. */
  List<String> many(
      int count,
      IntFunction<String> path,
      IntFunction<String> body,
      Map<String, String> headers,
      Function<JsonNode, String> result) {
    var permits = new Semaphore(CALLS_AT_ONCE);
    var pending = new ArrayList<CompletableFuture<String>>(count);
    for (int i = 0; i < count; i++) {
      permits.acquireUninterruptibly();
      pending.add(
          client
              .sendAsync(
                  request(Options.BASE_URL + path.apply(i), body.apply(i), headers),
                  HttpResponse.BodyHandlers.ofString())
              .thenApply(response -> result.apply(json(response)))
              .whenComplete((done, failure) -> permits.release()));
    }
    return pending.stream().map(CompletableFuture::join).toList();
  }

  private JsonNode call(String url, String body, Map<String, String> headers) {
    try {
      return json(client.send(request(url, body, headers), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException("is the gateway up? " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest request(String url, String body, Map<String, String> headers) {
    var builder =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(builder::header);
    return builder.build();
  }

  private static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
