package io.sluice.events;

import io.sluice.testing.Await;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Somebody's server on loopback, who hears of events and does with them what a test wants. */
public final class Receiver {
  private final HttpServer server;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile Consumer<HttpServerRequest> behaviour = Receiver::thank;

  /** A request that came in whole. */
  public record Heard(String path, MultiMap headers, String body) {}

  private Receiver(Vertx vertx, HttpServerOptions options) {
    server = Await.result(vertx.createHttpServer(options).requestHandler(this::hear).listen());
  }

  /** One that thanks for everything; it ends with Vert.x. */
  public static Receiver start(Vertx vertx) {
    return start(vertx, new HttpServerOptions());
  }

  static Receiver start(Vertx vertx, HttpServerOptions options) {
    return new Receiver(vertx, options.setHost("127.0.0.1").setPort(0));
  }

  private void hear(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              heard.add(new Heard(request.uri(), request.headers(), body.toString()));
              behaviour.accept(request);
            });
  }

  /** From now on. */
  public void does(Consumer<HttpServerRequest> other) {
    behaviour = other;
  }

  /** Answers that all is well. */
  public static void thank(HttpServerRequest request) {
    request.response().setStatusCode(204).end();
  }

  /** Answers that nothing is well. */
  public static void fail(HttpServerRequest request) {
    request.response().setStatusCode(500).end("out of order");
  }

  /** Says nothing. */
  public static void hang(HttpServerRequest request) {
    request.response().exceptionHandler(gone -> {});
  }

  public List<Heard> heard() {
    return heard;
  }

  /** The bodies of what came, in that order. */
  public List<String> bodies() {
    return heard.stream().map(Heard::body).toList();
  }

  int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }
}
