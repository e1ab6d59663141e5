package io.sluice.testing;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonException;
import io.sluice.ledger.TenantId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls a dialect's administration directly, on an event loop. */
final class Administering {
  private Administering() {}

  static Reply call(Vertx vertx, Dialect dialect, String method, String path, String body) {
    Promise<Answer> promise = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        nothing ->
            Future.succeededFuture()
                .compose(begun -> answer(dialect, method, path, body))
                .onComplete(promise));
    Answer answer = Await.result(promise.future());
    return new Reply(
        answer.status(),
        Map.of("content-type", List.of(answer.contentType())),
        answer.body().getBytes());
  }

  private static Future<Answer> answer(Dialect dialect, String method, String target, String body) {
    String[] parts = target.split("\\?", 2);
    String path = parts[0];
    for (Endpoint endpoint : endpoints(dialect)) {
      Optional<Map<String, String>> parameters = match(endpoint.path(), path);
      if (parameters.isPresent() && endpoint.method().name().equals(method)) {
        var call = StubCall.of(parameters.get(), parts.length > 1 ? parts[1] : "", body);
        return Future.succeededFuture(call)
            .compose(endpoint::admit)
            .compose(Endpoint.Admitted::answer)
            .recover(failure -> refused(dialect, failure));
      }
    }
    throw new AssertionError(dialect.name() + " has no " + method + " " + target);
  }

  /** As the management port serves them, but for whoever calls. */
  private static List<Endpoint> endpoints(Dialect dialect) {
    return dialect
        .administration()
        .map(operation -> operation.below("/admin/tenants/:tenant/" + dialect.name()))
        .behind(
            (call, operation) ->
                Future.succeededFuture(
                    new TenantId(Integer.parseInt(call.pathParameter("tenant")))));
  }

  private static Future<Answer> refused(Dialect dialect, Throwable failure) {
    return switch (failure) {
      case ApiException refusal -> Future.succeededFuture(refusal.answer());
      case JsonException refusal ->
          Future.succeededFuture(dialect.fault(new Fault.InvalidJson(refusal.reason())));
      default -> Future.failedFuture(failure);
    };
  }

  private static Optional<Map<String, String>> match(String template, String path) {
    String[] wanted = template.split("/");
    String[] given = path.split("/");
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith(":")) {
        parameters.put(wanted[i].substring(1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
