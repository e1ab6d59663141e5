package io.sluice.testing;

import io.sluice.access.ClientAddress;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Headers;
import io.sluice.dialect.Inflow;
import io.sluice.ledger.Principal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A request that never crossed a network. It has nothing but what is put in. */
public final class StubCall implements Call {
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
  private final Map<String, String> path = new HashMap<>();
  private final Map<String, List<String>> query = new HashMap<>();
  private final Buffer body;
  private Map<String, String> seal = Map.of();

  /** Null where the body is there at once. */
  private Inflow inflow;

  private StubCall(Buffer body) {
    this.body = body;
  }

  public static StubCall ofBody(String json) {
    return new StubCall(Buffer.buffer(json));
  }

  public static StubCall ofPath(String name, String value) {
    return ofPath(Map.of(name, value), "");
  }

  public static StubCall ofPath(Map<String, String> parameters, String json) {
    StubCall call = ofBody(json);
    call.path.putAll(parameters);
    return call;
  }

  /**
   * A request with all that a target says.
   *
   * @param query without its question mark; nothing in it is escaped
   */
  static StubCall of(Map<String, String> parameters, String query, String json) {
    StubCall call = ofPath(parameters, json);
    Stream.of(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> call.query.put(pair[0], List.of(pair[1])));
    return call;
  }

  public static StubCall ofQuery(String name, String... values) {
    StubCall call = ofBody("");
    call.query.put(name, List.of(values));
    return call;
  }

  public static StubCall ofHeaders(Map<String, String> headers) {
    StubCall call = ofBody("");
    call.headers.addAll(headers);
    return call;
  }

  public static StubCall ofHeader(String name, String... values) {
    StubCall call = ofBody("");
    for (String value : values) {
      call.headers.add(name, value);
    }
    return call;
  }

  /** A request whose body comes piece by piece. */
  public static StubCall flowing(Inflow body) {
    StubCall call = ofBody("");
    call.inflow = body;
    return call;
  }

  /** The same request with a header more. */
  public StubCall with(String name, String value) {
    headers.add(name, value);
    return this;
  }

  /** What the gate put on the answer. */
  public Map<String, String> sealed() {
    return seal;
  }

  @Override
  public String requestId() {
    return "stub";
  }

  @Override
  public Optional<String> header(String name) {
    return Headers.single(headers, name);
  }

  @Override
  public Optional<String> listHeader(String name) {
    return Headers.list(headers, name);
  }

  @Override
  public String pathParameter(String name) {
    return path.get(name);
  }

  @Override
  public Map<String, List<String>> query() {
    return query;
  }

  @Override
  public Buffer body() {
    return body;
  }

  @Override
  public Inflow inflow() {
    return inflow;
  }

  @Override
  public ClientAddress address() {
    return ClientAddress.NONE;
  }

  @Override
  public void isFrom(Principal principal) {}

  @Override
  public void seal(Map<String, String> sealing) {
    seal = sealing;
  }

  @Override
  public String contentType() {
    return Answer.JSON;
  }
}
