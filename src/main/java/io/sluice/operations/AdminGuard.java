package io.sluice.operations;

import io.sluice.access.AccessBusy;
import io.sluice.access.Administrators;
import io.sluice.access.CredentialRefused;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Bearer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FaultException;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.TenantStore;
import io.sluice.store.access.Administrator;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stands before every operation of the administration: the token first, and whether its owner's
 * role allows the operation, then the tenant in the path, then the operation itself; and writes
 * down what came of it, and by whom.
 *
 * @param token whoever has it is an owner
 */
record AdminGuard(
    AdminCredential token, Administrators named, TenantStore tenants, AdminAudit audit) {
  /** Whoever has the admin token has no other name, and nobody else has this one. */
  static final String UNNAMED = "admin-token";

  private static final String NAME = "user.name";
  private static final String TENANT = "tenant";

  AdminGuard(AdminCredential token, AdministrationParts parts) {
    this(token, parts.administrators(), parts.tenants(), new AdminAudit(parts.audit()));
  }

  /** Somebody who may. */
  record Caller() {}

  /** The operations on one tenant, which is there. */
  List<Endpoint> onTenants(Operations<TenantId> operations) {
    return written(operations)
        .behind((call, operation) -> admit(call, operation, this::existing), Principal::operator);
  }

  /** The operations on no tenant in particular. */
  List<Endpoint> onAll(Operations<Caller> operations) {
    return written(operations)
        .behind(
            (call, operation) -> admit(call, operation, c -> Future.succeededFuture(new Caller())));
  }

  private <C> Operations<C> written(Operations<C> operations) {
    return operations.map(operation -> operation.answeredBy(written(operation)));
  }

  private <C> Future<C> admit(Call call, Operation<C> operation, Function<Call, Future<C>> caller) {
    return requireRole(call, operation).map(call).compose(caller);
  }

  private Future<Void> requireRole(Call call, Operation<?> operation) {
    Optional<String> given;
    try {
      given = Bearer.of(call);
    } catch (FaultException twice) {
      return refuse(call, operation, twice);
    }
    if (given.filter(token::admits).isPresent()) {
      call.note(NAME, UNNAMED);
      return Future.succeededFuture();
    }
    return given
        .map(presented -> named.find(presented, call.address()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(found -> requireRole(call, operation, found));
  }

  private Future<Void> requireRole(
      Call call, Operation<?> operation, Optional<Administrator> found) {
    if (found.isEmpty()) {
      return refuse(call, operation, new ApiException(AdminErrors.unauthorized()));
    }
    call.note(NAME, found.get().name());
    return AdminRoles.allows(found.get().role(), operation)
        ? Future.succeededFuture()
        : audit
            .forbidden(call, operation)
            .compose(written -> Future.failedFuture(AdminErrors.forbidden()));
  }

  private Future<Void> refuse(Call call, Operation<?> operation, RuntimeException refusal) {
    return audit.refused(call, operation).compose(written -> Future.failedFuture(refusal));
  }

  private <C> Operation.Handler<C> written(Operation<C> operation) {
    return (caller, call) ->
        audit.around(
            call,
            operation,
            () ->
                Future.succeededFuture(caller)
                    .compose(admitted -> operation.handler().answer(admitted, call))
                    .recover(AdminGuard::answer));
  }

  private Future<TenantId> existing(Call call) {
    TenantId tenant =
        Values.parameter(call.pathParameter(TENANT))
            .filter(id -> id > 0)
            .map(TenantId::new)
            .orElseThrow(AdminErrors::unknownTenant);
    return tenants.find(tenant).map(found -> found.orElseThrow(AdminErrors::unknownTenant).id());
  }

  /** Refusals become answers here, so that the log says how they ended; defects go on failing. */
  private static Future<Answer> answer(Throwable failure) {
    return switch (failure) {
      case ApiException refusal -> Future.succeededFuture(refusal.answer());
      case JsonException bad ->
          Future.succeededFuture(AdminErrors.of(new Fault.InvalidJson(bad.reason())));
      case CredentialRefused refused -> Future.succeededFuture(AdminErrors.of(refused).answer());
      case AccessBusy busy -> Future.succeededFuture(AdminErrors.busy().answer());
      default -> Future.failedFuture(failure);
    };
  }
}
