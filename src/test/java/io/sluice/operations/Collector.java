package io.sluice.operations;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.sluice.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes traces as a collector does: OTLP over HTTP, in protobuf. */
final class Collector implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<ResourceSpans> heard = new CopyOnWriteArrayList<>();
  private volatile Consumer<HttpServerRequest> behaviour = Collector::thank;

  Collector() {
    server =
        Await.result(vertx.createHttpServer().requestHandler(this::hear).listen(0, "127.0.0.1"));
  }

  private void hear(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              heard.addAll(read(body).getResourceSpansList());
              behaviour.accept(request);
            });
  }

  private static ExportTraceServiceRequest read(Buffer body) {
    try {
      return ExportTraceServiceRequest.parseFrom(body.getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no request of OTLP", e);
    }
  }

  private static void thank(HttpServerRequest request) {
    request.response().putHeader("Content-Type", "application/x-protobuf").end();
  }

  /** From now on. */
  void does(Consumer<HttpServerRequest> other) {
    behaviour = other;
  }

  /** Says nothing. */
  static void hang(HttpServerRequest request) {
    request.response().exceptionHandler(gone -> {});
  }

  /** Wants none of it. */
  static void refuse(HttpServerRequest request) {
    request.response().setStatusCode(403).end();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1/traces";
  }

  List<ResourceSpans> heard() {
    return heard;
  }

  List<Span> spans() {
    return heard.stream()
        .flatMap(process -> process.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  /** The span of a call in a trace. */
  Optional<Span> call(String trace) {
    return spans().stream()
        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
        .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
        .findFirst();
  }

  /** The span that a link leads to. */
  Optional<Span> at(Span.Link link) {
    return spans().stream().filter(span -> span.getSpanId().equals(link.getSpanId())).findFirst();
  }

  static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, Collector::value));
  }

  private static String value(KeyValue attribute) {
    return attribute.getValue().hasIntValue()
        ? Long.toString(attribute.getValue().getIntValue())
        : attribute.getValue().getStringValue();
  }

  static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
