package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.Credentials.OAuthClient;
import io.sluice.access.TokenClaims;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Form;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.Values;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Exchanges client credentials for access tokens. */
final class OrumTokens {
  /** How long a token lives. */
  static final Duration LIFETIME = Duration.ofHours(1);

  private final Services services;

  OrumTokens(Services services) {
    this.services = services;
  }

  private record Request(String clientId, String clientSecret) {
    @Override
    public String toString() {
      return "Request[clientId=" + clientId + ", clientSecret=***]";
    }
  }

  Future<Answer> issue(Call call) {
    Request request = call.contentType().equals(Form.MEDIA_TYPE) ? form(call) : json(call);
    return services
        .credentials()
        .oauthClient(request.clientId(), request.clientSecret())
        .map(
            found ->
                found
                    .map(this::answer)
                    .orElseGet(
                        () ->
                            OrumErrors.unauthorized(
                                "client_id and client_secret do not match any credentials.")))
        .recover(OrumTokens::unavailable);
  }

  private static Future<Answer> unavailable(Throwable failure) {
    return failure instanceof StoreException store
            && store.kind() == StoreException.Kind.UNAVAILABLE
        ? Future.succeededFuture(OrumErrors.serviceUnavailable())
        : Future.failedFuture(failure);
  }

  private Answer answer(OAuthClient client) {
    TokenClaims claims =
        new TokenClaims(
            client.tenant(),
            OrumDialect.NAME,
            client.id(),
            client.scopes(),
            services.clock().instant().plus(LIFETIME));
    return Answer.json(
            200,
            JsonWriter.object()
                .text("access_token", services.tokens().issue(claims))
                .text("token_type", "Bearer")
                .number("expires_in", LIFETIME.toSeconds())
                .toBuffer())
        .with("Cache-Control", "no-store");
  }

  private static Request json(Call call) {
    JsonNode json = OrumFields.object(call.body());
    return new Request(
        text(json.get("client_id"), OrumErrors::missingClientId, OrumErrors::invalidClientId),
        text(
            json.get("client_secret"),
            OrumErrors::missingClientSecret,
            OrumErrors::invalidClientSecret));
  }

  private static Request form(Call call) {
    Map<String, String> fields =
        Form.parse(call.body())
            .orElseThrow(
                () -> new ApiException(OrumErrors.badRequest("the form is not well-formed")));
    return new Request(
        required(fields.get("client_id"), OrumErrors::missingClientId),
        required(fields.get("client_secret"), OrumErrors::missingClientSecret));
  }

  private static String text(JsonNode node, Supplier<Answer> missing, Supplier<Answer> invalid) {
    if (Values.isAbsentOrNull(node)) {
      throw new ApiException(missing.get());
    }
    return required(node.textValue(), invalid);
  }

  private static String required(String text, Supplier<Answer> error) {
    if (text == null) {
      throw new ApiException(error.get());
    }
    return text;
  }
}
