package io.sluice.loadtest;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * JSON over HTTP to one port of a gateway, for setting it up.
 *
 * @param port on 127.0.0.1
 * @param header the name of the header with the credential
 * @param credential its value; empty sends none
 * @param more further headers
 */
record Api(
    HttpClient client, int port, String header, String credential, Map<String, String> more) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLS_AT_ONCE = 32;

  /** Without further headers. */
  Api(HttpClient client, int port, String header, String credential) {
    this(client, port, header, credential, Map.of());
  }

  /** The answer; anything but success is an {@link IllegalStateException}. */
  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return read(client.send(request(path, body), HttpResponse.BodyHandlers.ofString()));
  }

  /** Anything but success is an {@link IllegalStateException}. */
  void delete(String path) throws IOException, InterruptedException {
    HttpRequest request = to(path).DELETE().build();
    requireSuccess(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** Many calls, some at once; what is taken from the answers, in order. */
  <T> List<T> many(
      int count, IntFunction<String> path, IntFunction<String> body, Function<JsonNode, T> taken)
      throws InterruptedException, ExecutionException {
    var permits = new Semaphore(CALLS_AT_ONCE);
    var pending = new ArrayList<CompletableFuture<T>>(count);
    for (int i = 0; i < count; i++) {
      permits.acquire();
      pending.add(
          client
              .sendAsync(
                  request(path.apply(i), body.apply(i)), HttpResponse.BodyHandlers.ofString())
              .thenApply(Api::read)
              .thenApply(taken)
              .whenComplete((value, failure) -> permits.release()));
    }
    var all = new ArrayList<T>(count);
    for (CompletableFuture<T> each : pending) {
      all.add(each.get());
    }
    return all;
  }

  /** A request that reads. */
  HttpRequest get(String path) {
    return to(path).build();
  }

  private HttpRequest request(String path, String body) {
    return to(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    more.forEach(builder::header);
    return credential.isEmpty() ? builder : builder.header(header, credential);
  }

  private static void requireSuccess(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
    }
  }

  private static JsonNode read(HttpResponse<String> response) {
    requireSuccess(response);
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
