package io.sluice.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that a test may send, change and send again.
 *
 * @param target path and query
 * @param headers besides those of the client
 * @param body JSON text; empty for none
 */
public record Ask(String method, String target, Map<String, String> headers, String body) {
  public static Ask get(String target) {
    return new Ask("GET", target, Map.of(), "");
  }

  public static Ask post(String target, String body) {
    return new Ask("POST", target, Map.of(), body);
  }

  /** The same request with another body. */
  public Ask withBody(String otherBody) {
    return new Ask(method, target, headers, otherBody);
  }

  /** The same request with one parameter for its query. */
  public Ask withQuery(String name, String value) {
    String query = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return new Ask(method, target.split("\\?")[0] + "?" + query, headers, body);
  }

  /** The same request with one parameter more, or in place of the one of its name. */
  Ask withParameter(String name, String value) {
    String[] parts = target.split("\\?", 2);
    String others =
        Stream.of(parts.length == 1 ? new String[0] : parts[1].split("&"))
            .filter(one -> !one.startsWith(name + "="))
            .map(one -> "&" + one)
            .collect(Collectors.joining());
    Ask alone = withQuery(name, value);
    return new Ask(method, alone.target() + others, headers, body);
  }

  /** The same request with a member, and what it lies in, in place of what was there. */
  public Ask with(List<String> path, String json) {
    return changed(path, object -> object.set(path.getLast(), Json.parse(json)));
  }

  /** The same request without a member, but with what it would lie in. */
  public Ask without(List<String> path) {
    return changed(path, object -> object.remove(path.getLast()));
  }

  private Ask changed(List<String> path, Consumer<ObjectNode> change) {
    ObjectNode root = (ObjectNode) Json.parse(body);
    ObjectNode object = root;
    for (String step : path.subList(0, path.size() - 1)) {
      JsonNode inner = object.get(step);
      if (inner != null && inner.isArray() && !inner.isEmpty()) {
        inner = inner.get(0);
      }
      object = inner instanceof ObjectNode there ? there : object.putObject(step);
    }
    change.accept(object);
    return withBody(root.toString());
  }

  /** The same request with one header. */
  public Ask withHeader(String name, String value) {
    return new Ask(method, target, Map.of(name, value), body);
  }

  /** Sends it with a client's credentials. */
  public Reply send(TestClient client) {
    return body.isEmpty() && !method.equals("POST")
        ? dressed(client).send(method, target, new byte[0])
        : dressed(client).send(method, target, body);
  }

  /** Sends it with a client's credentials, without waiting. */
  public CompletableFuture<Reply> sendAsync(TestClient client) {
    return dressed(client).sendAsync(method, target, body);
  }

  /** Sends other bytes in place of the body. */
  public Reply sendBytes(TestClient client, byte[] bytes) {
    TestClient dressed = dressed(client);
    return dressed.with("Content-Type", "application/json").send(method, target, bytes);
  }

  private TestClient dressed(TestClient client) {
    TestClient dressed = client;
    for (var header : headers.entrySet()) {
      dressed = dressed.with(header.getKey(), header.getValue());
    }
    return dressed;
  }
}
