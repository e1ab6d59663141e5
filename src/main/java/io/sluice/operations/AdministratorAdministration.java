package io.sluice.operations;

import io.sluice.access.Administrators;
import io.sluice.access.CredentialNames;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.store.access.Administrator;
import io.sluice.store.access.Administrator.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Who administrates; a token is in the answer that makes it, only there. */
record AdministratorAdministration(Administrators administrators) {
  private static final String ALL = "/admin/administrators";
  private static final String ONE = ALL + "/:id";

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .post("createAdministrator", ALL, AdminRoles.OWNERS, (caller, call) -> create(call))
        .get("listAdministrators", ALL, AdminRoles.OWNERS, (caller, call) -> list())
        .postNothing(
            "rotateAdministrator",
            ONE + "/rotate",
            AdminRoles.OWNERS,
            (caller, call) -> rotate(call))
        .delete("revokeAdministrator", ONE, AdminRoles.OWNERS, (caller, call) -> revoke(call));
  }

  private Future<Answer> create(Call call) {
    AdminBody body = AdminBody.of(call, "name", "role");
    String name = body.line("name", CredentialNames.MAX_NAME_CHARS);
    call.note("sluice.label", name);
    if (name.equalsIgnoreCase(AdminGuard.UNNAMED)) {
      throw AdminErrors.nameTaken("The name");
    }
    return administrators
        .create(name, role(body))
        .map(
            made -> {
              call.note("sluice.credential_id", made.administrator().id().toString());
              return show(made).toAnswer(201);
            });
  }

  private static Role role(AdminBody body) {
    String word = body.text("role", CredentialNames.MAX_NAME_CHARS);
    return Arrays.stream(Role.values())
        .filter(role -> word(role).equals(word))
        .findFirst()
        .orElseThrow(() -> AdminErrors.invalid("role must be reader, operator or owner"));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private Future<Answer> list() {
    return administrators.list().map(AdministratorAdministration::show);
  }

  private static Answer show(List<Administrator> all) {
    return JsonWriter.object()
        .objects("administrators", all, AdministratorAdministration::write)
        .toAnswer(200);
  }

  private Future<Answer> rotate(Call call) {
    return administrators
        .rotate(id(call))
        .map(
            made ->
                show(made.orElseThrow(() -> AdminErrors.unknownSubject("administrator")))
                    .toAnswer(200));
  }

  private Future<Answer> revoke(Call call) {
    return administrators
        .revoke(id(call))
        .map(
            revoked -> {
              revoked.orElseThrow(() -> AdminErrors.unknownSubject("administrator"));
              return new Answer(204, Answer.JSON, Buffer.buffer(), Map.of());
            });
  }

  private static UUID id(Call call) {
    UUID id =
        Values.uuid(call.pathParameter("id"))
            .orElseThrow(() -> AdminErrors.unknownSubject("administrator"));
    call.note("sluice.credential_id", id.toString());
    return id;
  }

  private static JsonWriter show(Administrators.Made made) {
    JsonWriter json = JsonWriter.object();
    write(json, made.administrator());
    return json.text("token", made.token());
  }

  private static void write(JsonWriter json, Administrator administrator) {
    json.uuid("id", administrator.id())
        .text("name", administrator.name())
        .text("role", word(administrator.role()))
        .time("created_at", administrator.createdAt())
        .time("rotated_at", administrator.rotatedAt().orElse(null))
        .time("revoked_at", administrator.revokedAt().orElse(null));
  }
}
