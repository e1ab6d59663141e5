package io.sluice.dialect.orum;

import io.sluice.access.Credentials.Client;
import io.sluice.access.Rights;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import java.time.Duration;

/** Exchanges client credentials for access tokens. */
record AccessTokens(Services services) {
  /** How long a token lives. */
  static final Duration LIFETIME = Duration.ofHours(1);

  private record Request(String clientId, String clientSecret) {
    static Request read(Call call) {
      Members body = Reader.bodyOrForm(call);
      return new Request(
          body.required("client_id", Reader.TEXT), body.required("client_secret", Reader.TEXT));
    }

    @Override
    public String toString() {
      return "Request[clientId=" + clientId + ", clientSecret=***]";
    }
  }

  Future<Answer> issue(Call call) {
    Request request = Request.read(call);
    return services
        .credentials()
        .find(Names.CLIENT, request.clientId(), request.clientSecret(), call.address())
        .map(
            found ->
                found.map(client -> answer(call, client)).orElseGet(Errors::credentialsInvalid))
        .recover(AccessTokens::unavailable);
  }

  private static Future<Answer> unavailable(Throwable failure) {
    return failure instanceof StoreException store
            && store.kind() == StoreException.Kind.UNAVAILABLE
        ? Future.succeededFuture(Errors.serviceUnavailable())
        : Future.failedFuture(failure);
  }

  private Answer answer(Call call, Client client) {
    call.isFrom(client.principal());
    String token =
        services.token(
            client.tenant(),
            Names.DIALECT,
            client.backing(),
            new Rights.Scopes(client.scopes()),
            LIFETIME);
    return JsonWriter.object()
        .text("access_token", token)
        .text("token_type", "Bearer")
        .number("expires_in", LIFETIME.toSeconds())
        .toAnswer(200)
        .with("Cache-Control", "no-store");
  }
}
