package io.sluice.loadtest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.atomic.LongAdder;

/** Somebody's server on loopback who thanks for every event, and counts them. */
final class EventReceiver {
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final LongAdder heard = new LongAdder();

  /** One that listens until Vert.x ends. */
  EventReceiver(Vertx vertx) {
    server =
        Awaiting.result(
            vertx
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(
                    request -> {
                      heard.increment();
                      request.response().setStatusCode(NO_CONTENT).end();
                    })
                .listen());
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  long heard() {
    return heard.sum();
  }
}
