package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.JsonWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the pages of the reference can try requests with: the demo's headers, while it runs. */
final class TryIt {
  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");
  private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "Via");

  private final Map<String, Buffer> byDialect = new ConcurrentHashMap<>();

  /** From now on requests to a dialect are tried so. */
  void with(String dialect, FirstTransfer demo) {
    JsonWriter json = JsonWriter.object().object("headers");
    demo.headers().forEach(json::text);
    byDialect.put(dialect, json.toBuffer());
  }

  /** The headers, or null where there is no demo or somebody elsewhere asks. */
  Future<Answer> answer(String dialect, Call call) {
    Buffer headers =
        Optional.ofNullable(byDialect.get(dialect))
            .filter(known -> isOfThisMachine(call))
            .orElseGet(() -> Buffer.buffer("null"));
    return Future.succeededFuture(new Answer(200, Answer.JSON, headers, HEADERS));
  }

  /**
   * Whoever reads them is the demo tenant. They are kept from a page that a browser was led here
   * with by a name of that page's own, and from whoever comes by way of a proxy.
   */
  private static boolean isOfThisMachine(Call call) {
    return call.header("Host").filter(Hosts::isLoopback).isPresent()
        && FORWARDED.stream().allMatch(name -> call.listHeader(name).isEmpty());
  }
}
