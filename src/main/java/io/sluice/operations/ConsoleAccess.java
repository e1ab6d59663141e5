package io.sluice.operations;

import io.sluice.access.CredentialType;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Endpoint.Consumes;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signing in to the console with an administrator's token, and out of it.
 *
 * @param types of credential, which pages have forms for
 */
record ConsoleAccess(AdminGuard guard, ConsoleSessions sessions, List<CredentialType> types) {
  private static final String PATH = "/console/session";
  private static final String SET_COOKIE = "Set-Cookie";

  List<Endpoint> endpoints() {
    List<Endpoint> endpoints =
        new ArrayList<>(
            guard.onAll(new Operations<AdminGuard.Caller>().get("getSession", PATH, this::show)));
    endpoints.add(Endpoint.open("signIn", HttpMethod.POST, PATH, Consumes.JSON, this::signIn));
    endpoints.add(
        Endpoint.open("signOut", HttpMethod.DELETE, PATH, Consumes.NOTHING, this::signOut));
    return endpoints;
  }

  private Future<Answer> signIn(Call call) {
    ConsoleOrigin.requireOwn(call, HttpMethod.POST);
    ShownToken token = token(call);
    var operation =
        new Operation<AdminGuard.Caller>(
            "signIn",
            HttpMethod.POST,
            PATH,
            Consumes.JSON,
            Operation.NO_SCOPE,
            (caller, again) -> open(token, again));
    return guard
        .identify(Optional.of(token), call)
        .compose(
            found ->
                found.isPresent()
                    ? guard.carryOut(call, operation, found.get())
                    : guard.refuse(call, operation, AdminErrors.wrongToken()));
  }

  private static ShownToken token(Call call) {
    return ShownToken.of(AdminBody.of(call, "token").text("token", Bearer.MAX_CHARS));
  }

  private Future<Answer> open(ShownToken token, Call call) {
    ConsoleSessions.Opened opened = sessions.open(token).orElseThrow(AdminErrors::crowded);
    String cookie = ConsoleCookie.set(opened.id(), ConsoleOrigin.isSecure(call));
    return Future.succeededFuture(Answer.empty(204).with(SET_COOKIE, cookie));
  }

  private Future<Answer> show(AdminGuard.Caller caller, Call call) {
    JsonWriter json =
        JsonWriter.object()
            .text("name", caller.name())
            .text("role", caller.role().name().toLowerCase(Locale.ROOT))
            .text("proof", sessions.proof(call).orElseThrow(AdminErrors::signedOut))
            .objects("credentials", types, CredentialAdministration::describe);
    return Future.succeededFuture(json.toAnswer(200));
  }

  /** Whoever has the cookie may end what it stands for, whatever has become of his token. */
  private Future<Answer> signOut(Call call) {
    ConsoleOrigin.requireOwn(call, HttpMethod.DELETE);
    sessions.end(call);
    return Future.succeededFuture(Answer.empty(204).with(SET_COOKIE, ConsoleCookie.end()));
  }
}
