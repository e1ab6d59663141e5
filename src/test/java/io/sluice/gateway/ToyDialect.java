package io.sluice.gateway;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Preparation;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A dialect that moves nothing. Its errors name the fault's type; each of its handlers seals. */
final class ToyDialect implements Dialect {
  static final String SEAL = "X-Seal";

  /** Who says to call: known, or a stranger, or one of whom the toy learns later. */
  static final String CALLER = "X-Caller";

  /** Of the one answer that fills a socket soon. */
  static final int BIG_BYTES = 1_048_576;

  final Promise<Answer> gate = Promise.promise();

  /** What becomes of callers who are awaited. */
  final Promise<String> awaited = Promise.promise();

  final AtomicInteger handled = new AtomicInteger();

  /** Of an answer that is made while it is sent. */
  static final int PIECE_BYTES = 10_000;

  /** How many pieces were asked for. */
  final AtomicInteger pieces = new AtomicInteger();

  /** For which piece is waited. */
  final Promise<Void> piece = Promise.promise();

  volatile int lastPiece;
  volatile int heldPiece;
  volatile int brokenPiece;

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
    return new Operations<String>()
        .post("echo", "/toy/:id/echo", (caller, call) -> echo(call))
        .get("show", "/toy/:id", (caller, call) -> show(call))
        .delete("drop", "/toy/:id", (caller, call) -> refuse())
        .get("throw", "/toy/a/throw", (caller, call) -> defect())
        .get("fail", "/toy/a/fail", (caller, call) -> failed(new AssertionError("secret")))
        .get("cut", "/toy/a/cut", (caller, call) -> failed(outage()))
        .post("change", "/toy/a/cut", (caller, call) -> failed(outage()))
        .post("prepare", "/toy/a/prepare", (caller, call) -> Preparation.of(failed(outage())))
        .get("nothing", "/toy/a/null", (caller, call) -> Future.succeededFuture())
        .get("split", "/toy/a/split", (caller, call) -> split())
        .get("big", "/toy/a/big", (caller, call) -> big())
        .get("pieces", "/toy/a/pieces", (caller, call) -> pieces())
        .get("slow", "/toy/a/slow", (caller, call) -> slow())
        .post("slowly", "/toy/a/slow", (caller, call) -> slow())
        .open("login", HttpMethod.POST, "/toy/login", Consumes.JSON, this::echo)
        .behind(
            (call, operation) -> admit(call),
            caller -> Principal.operator(new TenantId(caller.length())));
  }

  /** Asks nobody for more than not to be a stranger. */
  private Future<String> admit(Call call) {
    call.seal(Map.of(SEAL, "unbroken"));
    return switch (call.header(CALLER).orElse("known")) {
      case "known" -> Future.succeededFuture("known");
      case "another" -> Future.succeededFuture("another");
      case "awaited" -> awaited.future();
      case "curious" -> Future.succeededFuture(call.body().toString());
      default -> throw new ApiException(Answer.json(401, fault("Stranger")));
    };
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
          case Fault.Unread f -> f.cause().status();
          case Fault.Overloaded f -> 503;
          case Fault.DeadlinePassed f -> 504;
          case Fault.NothingDone f -> 503;
          case Fault.Unavailable f -> 503;
          case Fault.Defect f -> 500;
        };
    return Answer.json(status, fault(fault.getClass().getSimpleName()));
  }

  private static Buffer fault(String type) {
    return JsonWriter.object().text("fault", type).toBuffer();
  }

  @Override
  public Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    return Future.succeededFuture(
        new FirstTransfer(Map.of(), Map.of(), "curl " + demonstration.baseUrl()));
  }

  private Future<Answer> echo(Call call) {
    handled.incrementAndGet();
    return Future.succeededFuture(
        Answer.json(
                200,
                JsonWriter.object()
                    .text("id", call.pathParameter("id"))
                    .text("q", call.query().getOrDefault("q", List.of("")).getFirst())
                    .node("body", Json.parse(call.body()))
                    .toBuffer())
            .with("X-Toy", "yes"));
  }

  private Future<Answer> big() {
    handled.incrementAndGet();
    return Future.succeededFuture(Answer.json(200, Buffer.buffer(new byte[BIG_BYTES])));
  }

  private Future<Answer> pieces() {
    return Future.succeededFuture(Answer.of(200, "text/csv", this::piece));
  }

  private Future<Optional<Buffer>> piece() {
    int number = pieces.incrementAndGet();
    if (number == brokenPiece) {
      return Future.failedFuture("broken");
    }
    Future<Void> made = number == heldPiece ? piece.future() : Future.succeededFuture();
    return made.map(
        now ->
            number > lastPiece
                ? Optional.empty()
                : Optional.of(Buffer.buffer(new byte[PIECE_BYTES])));
  }

  private static Future<Answer> split() {
    return Future.succeededFuture(show("a").with("X-Split", "a\r\nb"));
  }

  private static Throwable outage() {
    return StoreException.of(new IOException("secret"));
  }

  private static Future<Answer> failed(Throwable failure) {
    return Future.failedFuture(failure);
  }

  private static Future<Answer> show(Call call) {
    return Future.succeededFuture(show(call.pathParameter("id")));
  }

  /** An answer that says nothing. */
  static Answer nothing() {
    return Answer.json(200, JsonWriter.object().toBuffer());
  }

  private static Answer show(String id) {
    return Answer.json(200, JsonWriter.object().text("id", id).toBuffer());
  }

  private Future<Answer> refuse() {
    throw new ApiException(Answer.json(409, fault("mine")));
  }

  private static Future<Answer> defect() {
    throw new IllegalStateException("secret");
  }

  private Future<Answer> slow() {
    handled.incrementAndGet();
    return gate.future();
  }
}
