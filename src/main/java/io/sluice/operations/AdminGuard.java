package io.sluice.operations;

import io.sluice.access.AccessBusy;
import io.sluice.access.CredentialRefused;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonException;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stands before every operation of the administration: the token first, then the tenant in the
 * path, then the operation itself; and writes down what came of it.
 */
record AdminGuard(AdminCredential token, TenantStore tenants) {
  private static final String TENANT = "tenant";

  /** Somebody with the token. */
  record Administrator() {}

  /** The operations on one tenant, which is there. */
  List<Endpoint> onTenants(Operations<TenantId> operations) {
    return written(operations)
        .behind((call, operation) -> admit(call, operation, this::existing), Principal::operator);
  }

  /** The operations on no tenant in particular. */
  List<Endpoint> onAll(Operations<Administrator> operations) {
    return written(operations)
        .behind(
            (call, operation) ->
                admit(call, operation, c -> Future.succeededFuture(new Administrator())));
  }

  private static <C> Operations<C> written(Operations<C> operations) {
    return operations.map(operation -> operation.answeredBy(written(operation)));
  }

  private <C> Future<C> admit(Call call, Operation<C> operation, Function<Call, Future<C>> caller) {
    requireToken(call, operation);
    return Future.succeededFuture(call)
        .compose(caller)
        .onFailure(failure -> write(call, operation, answer(failure)));
  }

  private void requireToken(Call call, Operation<?> operation) {
    boolean admitted = false;
    try {
      admitted = token.admits(call);
    } finally {
      if (!admitted) {
        AuditLog.refused(call, operation.id());
      }
    }
    if (!admitted) {
      throw new ApiException(AdminErrors.unauthorized());
    }
  }

  private static <C> Operation.Handler<C> written(Operation<C> operation) {
    return (caller, call) -> {
      Future<Answer> answer =
          Future.succeededFuture(caller)
              .compose(admitted -> operation.handler().answer(admitted, call))
              .recover(AdminGuard::answer);
      write(call, operation, answer);
      return answer;
    };
  }

  private static void write(Call call, Operation<?> operation, Future<Answer> answer) {
    String tenant = Optional.ofNullable(call.pathParameter(TENANT)).orElse("");
    answer
        .onSuccess(done -> AuditLog.answered(call, operation.id(), tenant, done))
        .onFailure(failure -> AuditLog.failed(call, operation.id(), tenant));
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
