package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A dialect that moves nothing. Its errors name the fault's type; each of its handlers seals. */
final class ToyDialect implements Dialect {
  static final String SEAL = "X-Seal";

  final Promise<Answer> gate = Promise.promise();
  final AtomicInteger handled = new AtomicInteger();

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String title() {
    return "Toy";
  }

  @Override
  public List<Endpoint> endpoints() {
    return operations().stream().map(ToyDialect::sealing).toList();
  }

  private static Endpoint sealing(Endpoint endpoint) {
    return Endpoint.open(
        endpoint.operation(),
        endpoint.method(),
        endpoint.path(),
        endpoint.consumes(),
        call -> {
          call.seal(Map.of(SEAL, "unbroken"));
          return endpoint.handler().apply(call);
        });
  }

  private List<Endpoint> operations() {
    return List.of(
        Endpoint.open("echo", HttpMethod.POST, "/toy/:id/echo", Consumes.JSON, this::echo),
        Endpoint.open("show", HttpMethod.GET, "/toy/:id", Consumes.NOTHING, this::show),
        Endpoint.open("drop", HttpMethod.DELETE, "/toy/:id", Consumes.NOTHING, call -> refuse()),
        Endpoint.open("throw", HttpMethod.GET, "/toy/a/throw", Consumes.NOTHING, call -> defect()),
        Endpoint.open(
            "fail",
            HttpMethod.GET,
            "/toy/a/fail",
            Consumes.NOTHING,
            call -> Future.failedFuture(new AssertionError("secret"))),
        Endpoint.open(
            "cut",
            HttpMethod.GET,
            "/toy/a/cut",
            Consumes.NOTHING,
            call -> Future.failedFuture(StoreException.of(new IOException("secret")))),
        Endpoint.open(
            "nothing",
            HttpMethod.GET,
            "/toy/a/null",
            Consumes.NOTHING,
            call -> Future.succeededFuture()),
        Endpoint.open(
            "split",
            HttpMethod.GET,
            "/toy/a/split",
            Consumes.NOTHING,
            call -> Future.succeededFuture(show("a").with("X-Split", "a\r\nb"))),
        Endpoint.open("slow", HttpMethod.GET, "/toy/a/slow", Consumes.NOTHING, call -> slow()),
        Endpoint.open("slowly", HttpMethod.POST, "/toy/a/slow", Consumes.JSON, call -> slow()));
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith("/toy/");
  }

  @Override
  public Answer fault(Fault fault) {
    int status =
        switch (fault) {
          case Fault.NotFound f -> 404;
          case Fault.MethodNotAllowed f -> 405;
          case Fault.UnsupportedMediaType f -> 415;
          case Fault.BodyTooLarge f -> 413;
          case Fault.InvalidJson f -> 422;
          case Fault.BadRequest f -> 400;
          case Fault.Overloaded f -> 503;
          case Fault.DeadlinePassed f -> 504;
          case Fault.Unavailable f -> 503;
          case Fault.Defect f -> 500;
        };
    String type = fault.getClass().getSimpleName();
    return Answer.json(status, JsonWriter.object().text("fault", type).toBuffer());
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return Future.succeededFuture("curl " + demonstration.baseUrl());
  }

  private Future<Answer> echo(Call call) {
    handled.incrementAndGet();
    return Future.succeededFuture(
        Answer.json(
                200,
                JsonWriter.object()
                    .text("id", call.pathParameter("id"))
                    .text("q", call.query().get("q"))
                    .node("body", Json.parse(call.body()))
                    .toBuffer())
            .with("X-Toy", "yes"));
  }

  private Future<Answer> show(Call call) {
    return Future.succeededFuture(show(call.pathParameter("id")));
  }

  private static Answer show(String id) {
    return Answer.json(200, JsonWriter.object().text("id", id).toBuffer());
  }

  private Future<Answer> refuse() {
    throw new ApiException(Answer.json(409, JsonWriter.object().text("fault", "mine").toBuffer()));
  }

  private static Future<Answer> defect() {
    throw new IllegalStateException("secret");
  }

  private Future<Answer> slow() {
    handled.incrementAndGet();
    return gate.future();
  }
}
