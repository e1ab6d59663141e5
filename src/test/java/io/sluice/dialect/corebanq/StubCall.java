package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;

/** A request that never crossed a network. */
record StubCall(String json, Map<String, String> path, MultiMap query) implements Call {
  static StubCall ofBody(String json) {
    return new StubCall(json, Map.of(), MultiMap.caseInsensitiveMultiMap());
  }

  static StubCall ofPath(String name, String value) {
    return new StubCall("{}", Map.of(name, value), MultiMap.caseInsensitiveMultiMap());
  }

  static StubCall ofQuery(String name, String... values) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (String value : values) {
      query.add(name, value);
    }
    return new StubCall("{}", Map.of(), query);
  }

  @Override
  public String requestId() {
    return "stub";
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.empty();
  }

  @Override
  public String pathParameter(String name) {
    return path.get(name);
  }

  @Override
  public Buffer body() {
    return Buffer.buffer(json);
  }

  @Override
  public String contentType() {
    return Answer.JSON;
  }
}
