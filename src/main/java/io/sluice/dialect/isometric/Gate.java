package io.sluice.dialect.isometric;

import io.sluice.access.CredentialType;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.Presented;
import io.sluice.access.RateLimiter;
import io.sluice.access.VerifiedToken;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.store.access.CredentialTypeName;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * The client secret names the integrating application, the bearer token an organisation of the same
 * tenant. Who acts for an organisation, or reads what is its own, brings both; the public record
 * needs the secret alone. The registry publishes no request rate, so only one that an operator set
 * for the tenant counts.
 */
record Gate(Services services, Directory directory) implements io.sluice.dialect.Gate<Caller> {
  /** Both types of credential. */
  List<CredentialType> credentials() {
    return List.of(Names.CLIENT_SECRET, organisationToken());
  }

  /** The type of the tokens that let an organisation in. */
  SubjectToken organisationToken() {
    return new SubjectToken(
        new CredentialTypeName("organisation-token"),
        "OrganisationToken",
        Names.DIALECT,
        "organisation",
        Names.TOKEN_LIFETIME,
        (tenant, id) ->
            directory
                .organisation(tenant, id)
                .map(
                    found ->
                        found
                            .filter(Organisation::holdsAccount)
                            .map(organisation -> organisation.id().value())));
  }

  @Override
  public Future<Caller> admit(Call call, Operation<Caller> operation) {
    Optional<String> secret = secret(call);
    Optional<Presented> token = call.bearer();
    if (secret.isEmpty() || token.isEmpty()) {
      throw new ApiException(Errors.unauthenticated());
    }
    return Chain.compose(
        registry(call, secret.get()), owner -> caller(call, owner.tenant(), token.get()));
  }

  /**
   * Lets a reader of the public record in: whoever has a client secret. What is sent as a token all
   * the same must be a good one.
   */
  Future<Principal> admitReader(Call call, Operation<Principal> operation) {
    String secret = secret(call).orElseThrow(() -> new ApiException(Errors.noClientSecret()));
    boolean alone = call.header(Bearer.HEADER).isEmpty();
    Optional<Presented> token = call.bearer();
    if (!alone && token.isEmpty()) {
      throw refused();
    }
    return registry(call, secret)
        .compose(
            owner ->
                token
                    .map(text -> caller(call, owner.tenant(), text).map(Caller::principal))
                    .orElseGet(() -> alone(owner)));
  }

  private Future<Principal> alone(Principal owner) {
    withinRate(owner.tenant());
    return Future.succeededFuture(owner);
  }

  private static Optional<String> secret(Call call) {
    return call.header(Names.CLIENT_SECRET_HEADER).filter(s -> !s.isBlank());
  }

  private Future<Principal> registry(Call call, String secret) {
    return Chain.map(
        services.credentials().find(Names.CLIENT_SECRET, secret, call.address()),
        owner -> owner.orElseThrow(Gate::refused));
  }

  private Future<Caller> caller(Call call, TenantId tenant, Presented token) {
    return Chain.compose(
        services.tokens().verify(token, Names.DIALECT, call.address()),
        found -> caller(tenant, found));
  }

  private Future<Caller> caller(TenantId tenant, Optional<VerifiedToken> found) {
    VerifiedToken own = found.filter(c -> c.tenant().equals(tenant)).orElseThrow(Gate::refused);
    return Chain.map(
        directory.organisation(withinRate(tenant), new HolderId(own.subject())),
        organisation -> new Caller(own.principal(), organisation.orElseThrow(Gate::refused)));
  }

  private TenantId withinRate(TenantId tenant) {
    RateLimiter.Decision decision = services.rateLimiter().acquireWhereLimited(tenant);
    if (!decision.allowed()) {
      throw new ApiException(Errors.tooManyRequests(decision.retryAfter()));
    }
    return tenant;
  }

  private static ApiException refused() {
    return new ApiException(Errors.invalidCredentials());
  }
}
