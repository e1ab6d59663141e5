package io.sluice.operations;

import io.sluice.access.AuditEvent;
import io.sluice.access.CredentialIssuer.Subject;
import io.sluice.access.CredentialNames;
import io.sluice.access.CredentialType;
import io.sluice.access.CredentialType.BearerSecret;
import io.sluice.access.CredentialType.ClientCredentials;
import io.sluice.access.CredentialType.SubjectToken;
import io.sluice.access.CredentialType.UserPassword;
import io.sluice.access.PgCredentialIssuer;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.CredentialTypeName;
import io.sluice.store.access.StoredCredential;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Making, listing and revoking credentials. A secret is in the answer that makes it, only there.
 */
final class CredentialAdministration {
  private static final String CREDENTIALS = "/admin/tenants/:tenant/credentials/";

  private final PgCredentialIssuer issuer;
  private final List<CredentialType> types;

  /**
   * @param types what there are credentials of
   * @throws IllegalArgumentException when two have one name: the secrets of one would then open
   *     what the other is for
   */
  CredentialAdministration(PgCredentialIssuer issuer, List<CredentialType> types) {
    Set<CredentialTypeName> names = new HashSet<>();
    for (CredentialType type : types) {
      if (!names.add(type.name())) {
        throw new IllegalArgumentException("two types of credential are called " + type.name());
      }
    }
    this.issuer = issuer;
    this.types = List.copyOf(types);
  }

  Operations<TenantId> onTenants() {
    var operations = new Operations<TenantId>();
    types.forEach(type -> add(operations, type));
    return operations;
  }

  private void add(Operations<TenantId> operations, CredentialType type) {
    String all = CREDENTIALS + type.name().text() + "s";
    String one = type.operation();
    operations
        .post("create" + one, all, (tenant, call) -> create(tenant, call, type))
        .get(
            "list" + one + "s",
            all,
            AdminQuery.reading(
                (tenant, call, query) -> list(tenant, query, type), "limit", "after"))
        .delete("revoke" + one, all + "/:id", (tenant, call) -> revoke(tenant, call, type));
  }

  /** What there are credentials of, and the members of the body that makes one. */
  static void describe(JsonWriter json, CredentialType type) {
    json.text("type", type.name().text() + "s").texts("fields", members(type));
  }

  private static List<String> members(CredentialType type) {
    return switch (type) {
      case BearerSecret secret -> List.of("label");
      case ClientCredentials client -> List.of("label");
      case UserPassword user -> List.of("username", "password");
      case SubjectToken token -> List.of("label", token.subjectMember());
    };
  }

  private Future<Made> make(TenantId tenant, Call call, CredentialType type) {
    return switch (type) {
      case BearerSecret secret -> secret(tenant, call, secret);
      case ClientCredentials client -> client(tenant, call, client);
      case UserPassword user -> user(tenant, call, user);
      case SubjectToken token -> token(tenant, call, token);
    };
  }

  /** In the answer the secret stands under the type's own name: {@code api_key}. */
  private Future<Made> secret(TenantId tenant, Call call, BearerSecret type) {
    String label = label(AdminBody.of(call, "label"));
    String member = type.name().text().replace('-', '_');
    return issuer.issue(type, tenant, label).map(secret -> new Made(label, Map.of(member, secret)));
  }

  private Future<Made> client(TenantId tenant, Call call, ClientCredentials type) {
    AdminBody body = AdminBody.of(call, "label", "scopes");
    String label = label(body);
    return issuer
        .issue(type, tenant, label, body.texts("scopes", type.scopes()))
        .map(made -> new Made(label, Map.of("client_secret", made.clientSecret())));
  }

  private Future<Made> user(TenantId tenant, Call call, UserPassword type) {
    AdminBody body = AdminBody.of(call, "username", "password");
    String username = body.line("username", CredentialNames.MAX_NAME_CHARS);
    return issuer
        .issue(type, tenant, username, body.text("password", CredentialNames.MAX_PASSWORD_CHARS))
        .map(id -> new Made(username, Map.of()));
  }

  private Future<Made> token(TenantId tenant, Call call, SubjectToken type) {
    AdminBody body = AdminBody.of(call, "label", type.subjectMember());
    String label = label(body);
    String reference = body.text(type.subjectMember(), CredentialNames.MAX_NAME_CHARS);
    return type.subjects()
        .find(tenant, reference)
        .map(found -> found.orElseThrow(() -> AdminErrors.unknownSubject(type.subjectKind())))
        .compose(id -> issuer.issue(type, tenant, label, new Subject(id, reference)))
        .map(token -> new Made(label, Map.of("token", token)));
  }

  private Future<Answer> create(TenantId tenant, Call call, CredentialType type) {
    return make(tenant, call, type)
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
    note(call, type, credential.id());
    call.note("sluice.label", credential.label());
    call.note(AuditEvent.CREDENTIAL, credential.number().value());
    JsonWriter json = members(JsonWriter.object(), credential, type);
    made.secrets().forEach(json::text);
    return json.toAnswer(201).with("Cache-Control", "no-store");
  }

  private Future<Answer> list(TenantId tenant, AdminQuery query, CredentialType type) {
    int limit = query.limit();
    return AdminPage.place(query, "after", id -> issuer.place(tenant, type, id))
        .compose(after -> issuer.list(tenant, type, after, limit + 1))
        .map(
            found ->
                AdminPage.of(found, limit)
                    .answer(
                        "credentials",
                        (json, each) -> members(json, each, type),
                        (json, last) -> json.uuid(AdminPage.NEXT, last.id())));
  }

  private Future<Answer> revoke(TenantId tenant, Call call, CredentialType type) {
    UUID id = Values.uuid(call.pathParameter("id")).orElseThrow(AdminErrors::unknownCredential);
    return issuer
        .revoke(tenant, type, id)
        .map(
            revoked -> {
              var number = revoked.orElseThrow(AdminErrors::unknownCredential);
              note(call, type, id);
              call.note(AuditEvent.CREDENTIAL, number.value());
              return new Answer(204, Answer.JSON, Buffer.buffer(), Map.of());
            });
  }

  private static void note(Call call, CredentialType type, UUID id) {
    call.note("sluice.credential_type", type.name().text());
    call.note("sluice.credential_id", id.toString());
  }

  private static String label(AdminBody body) {
    return body.line("label", CredentialNames.MAX_NAME_CHARS);
  }

  private static JsonWriter members(
      JsonWriter json, StoredCredential credential, CredentialType type) {
    json.uuid("id", credential.id())
        .number("number", credential.number().value())
        .text("label", credential.label());
    String name = credential.name().orElse("");
    switch (type) {
      case BearerSecret secret -> {}
      case ClientCredentials client -> {
        json.text("client_id", name).array("scopes");
        credential.scopes().stream().sorted().forEach(json::element);
        json.end();
      }
      case UserPassword user -> json.text("username", name);
      case SubjectToken token ->
          json.text(token.subjectMember(), name)
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
