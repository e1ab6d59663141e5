package io.sluice.operations;

import io.sluice.access.CredentialRefused;
import io.sluice.access.PasswordsBusy;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.sluice.store.Tenant;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Stands before every operation of the administration: the token first, then the tenant in the
 * path, then the operation itself; and writes down what came of it.
 */
final class AdminGuard {
  private static final String TENANT = "tenant";

  private final AdminCredential token;
  private final TenantStore tenants;

  AdminGuard(AdminCredential token, TenantStore tenants) {
    this.token = token;
    this.tenants = tenants;
  }

  Endpoint guard(Endpoint endpoint) {
    return new Endpoint(
        endpoint.operation(),
        endpoint.method(),
        endpoint.path(),
        endpoint.consumes(),
        call -> admit(call, endpoint));
  }

  /** The tenant in the path; only its form is looked at. */
  static TenantId tenant(Call call) {
    return Values.parameter(call.pathParameter(TENANT))
        .filter(id -> id > 0)
        .map(TenantId::new)
        .orElseThrow(AdminErrors::unknownTenant);
  }

  private Future<Answer> admit(Call call, Endpoint endpoint) {
    if (!token.admits(call)) {
      AuditLog.refused(call, endpoint.operation());
      return Future.succeededFuture(AdminErrors.unauthorized());
    }
    String tenant = Optional.ofNullable(call.pathParameter(TENANT)).orElse("");
    return Future.succeededFuture(call)
        .compose(
            c -> endpoint.path().contains("/:" + TENANT) ? existing(c) : Future.succeededFuture())
        .compose(known -> endpoint.handler().apply(call))
        .recover(AdminGuard::answer)
        .onSuccess(answer -> AuditLog.answered(call, endpoint.operation(), tenant, answer))
        .onFailure(failure -> AuditLog.failed(call, endpoint.operation(), tenant));
  }

  private Future<Tenant> existing(Call call) {
    return tenants.find(tenant(call)).map(found -> found.orElseThrow(AdminErrors::unknownTenant));
  }

  /** Refusals become answers here, so that the log says how they ended; defects go on failing. */
  private static Future<Answer> answer(Throwable failure) {
    return switch (failure) {
      case ApiException refusal -> Future.succeededFuture(refusal.answer());
      case JsonException bad ->
          Future.succeededFuture(AdminErrors.of(new Fault.InvalidJson(bad.reason())));
      case CredentialRefused refused -> Future.succeededFuture(AdminErrors.of(refused).answer());
      case PasswordsBusy busy -> Future.succeededFuture(AdminErrors.busy().answer());
      default -> Future.failedFuture(failure);
    };
  }
}
