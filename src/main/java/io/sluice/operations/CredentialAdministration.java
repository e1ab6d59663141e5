package io.sluice.operations;

import io.sluice.access.PgCredentialIssuer;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialType;
import io.sluice.store.access.StoredCredential;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Making, listing and revoking credentials. A secret is in the answer that makes it, only there.
 */
final class CredentialAdministration {
  private static final String CREDENTIALS = "/admin/tenants/:tenant/credentials/";
  private static final int MAX_LABEL_CHARS = 255;
  private static final int MAX_PASSWORD_CHARS = 1_024;
  private static final int MAX_LISTED = 1_000;

  private final PgCredentialIssuer issuer;
  private final Organisations organisations;

  /** Finds the organisation that a token is to be for. */
  interface Organisations {
    /** The holder that it is; fails with an answer when the tenant has no such organisation. */
    Future<HolderId> find(TenantId tenant, String id);
  }

  CredentialAdministration(PgCredentialIssuer issuer, Organisations organisations) {
    this.issuer = issuer;
    this.organisations = organisations;
  }

  Operations<TenantId> onTenants() {
    var operations = new Operations<TenantId>();
    add(operations, "ApiKey", "api-keys", CredentialType.API_KEY, this::apiKey);
    add(operations, "ClientSecret", "client-secrets", CredentialType.CLIENT_SECRET, this::secret);
    add(operations, "OAuthClient", "oauth-clients", CredentialType.OAUTH_CLIENT, this::oauthClient);
    add(operations, "User", "users", CredentialType.USER, this::user);
    add(
        operations,
        "OrganisationToken",
        "organisation-tokens",
        CredentialType.ORGANISATION_TOKEN,
        this::organisationToken);
    return operations;
  }

  private void add(
      Operations<TenantId> operations,
      String name,
      String path,
      CredentialType type,
      BiFunction<TenantId, Call, Future<Made>> make) {
    String all = CREDENTIALS + path;
    operations
        .post("create" + name, all, (tenant, call) -> create(tenant, call, type, make))
        .get("list" + name + "s", all, (tenant, call) -> list(tenant, type))
        .delete("revoke" + name, all + "/:id", (tenant, call) -> revoke(tenant, call, type));
  }

  private Future<Made> apiKey(TenantId tenant, Call call) {
    String label = label(AdminBody.of(call, "label"));
    return issuer.apiKey(tenant, label).map(key -> new Made(label, Map.of("api_key", key)));
  }

  private Future<Made> secret(TenantId tenant, Call call) {
    String label = label(AdminBody.of(call, "label"));
    return issuer
        .clientSecret(tenant, label)
        .map(secret -> new Made(label, Map.of("client_secret", secret)));
  }

  private Future<Made> oauthClient(TenantId tenant, Call call) {
    AdminBody body = AdminBody.of(call, "label", "scopes");
    String label = label(body);
    Set<String> scopes = body.texts("scopes");
    return issuer
        .oauthClient(tenant, label, scopes)
        .map(made -> new Made(label, Map.of("client_secret", made.clientSecret())));
  }

  private Future<Made> user(TenantId tenant, Call call) {
    AdminBody body = AdminBody.of(call, "username", "password");
    String username = body.text("username", MAX_LABEL_CHARS);
    return issuer
        .user(tenant, username, body.text("password", MAX_PASSWORD_CHARS))
        .map(id -> new Made(username, Map.of()));
  }

  private Future<Made> organisationToken(TenantId tenant, Call call) {
    AdminBody body = AdminBody.of(call, "label", "organisation_id");
    String label = label(body);
    String reference = body.text("organisation_id", MAX_LABEL_CHARS);
    return organisations
        .find(tenant, reference)
        .compose(
            organisation ->
                issuer.organisationToken(tenant, label, organisation.value(), reference))
        .map(token -> new Made(label, Map.of("token", token)));
  }

  private Future<Answer> create(
      TenantId tenant,
      Call call,
      CredentialType type,
      BiFunction<TenantId, Call, Future<Made>> make) {
    return make.apply(tenant, call)
        .compose(
            made ->
                issuer
                    .find(tenant, type, made.label())
                    .map(stored -> shown(made, stored, type, call)));
  }

  private static Answer shown(
      Made made, Optional<StoredCredential> stored, CredentialType type, Call call) {
    // Whoever revokes it in the same moment is right, and then there is nothing to hand out.
    StoredCredential credential = stored.orElseThrow(AdminErrors::unknownCredential);
    AuditLog.touched(call, type.text(), credential.id().toString(), credential.label());
    JsonWriter json = members(JsonWriter.object(), credential, type);
    made.secrets().forEach(json::text);
    return Answer.json(201, json.toBuffer()).with("Cache-Control", "no-store");
  }

  private Future<Answer> list(TenantId tenant, CredentialType type) {
    return issuer
        .list(tenant, type, MAX_LISTED)
        .map(
            credentials -> {
              JsonWriter json = JsonWriter.object().array("credentials");
              credentials.forEach(c -> members(json.element(), c, type).end());
              return Answer.json(200, json.end().toBuffer());
            });
  }

  private Future<Answer> revoke(TenantId tenant, Call call, CredentialType type) {
    UUID id = Values.uuid(call.pathParameter("id")).orElseThrow(AdminErrors::unknownCredential);
    return issuer
        .revoke(tenant, type, id)
        .map(
            revoked -> {
              if (!revoked) {
                throw AdminErrors.unknownCredential();
              }
              AuditLog.touched(call, type.text(), id.toString(), "revoked");
              return new Answer(204, Answer.JSON, Buffer.buffer(), Map.of());
            });
  }

  private static String label(AdminBody body) {
    return body.text("label", MAX_LABEL_CHARS);
  }

  private static JsonWriter members(
      JsonWriter json, StoredCredential credential, CredentialType type) {
    json.uuid("id", credential.id()).text("label", credential.label());
    switch (type) {
      case API_KEY, CLIENT_SECRET -> {}
      case OAUTH_CLIENT -> {
        json.text("client_id", credential.name().orElse("")).array("scopes");
        credential.scopes().forEach(json::element);
        json.end();
      }
      case USER ->
          json.text("username", credential.name().orElse(""))
              .time("locked_until", credential.lockedUntil().orElse(null));
      case ORGANISATION_TOKEN ->
          json.text("organisation_id", credential.name().orElse(""))
              .time("expires_at", credential.expiresAt().orElse(null));
    }
    return json.time("created_at", credential.createdAt())
        .time("revoked_at", credential.revokedAt().orElse(null));
  }

  /** What was made, and what only its maker gets to see. */
  private record Made(String label, Map<String, String> secrets) {
    @Override
    public String toString() {
      return "Made[" + label + "]";
    }
  }
}
