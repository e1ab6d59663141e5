package io.sluice.operations;

import io.sluice.access.AccessBusy;
import io.sluice.access.Administrators;
import io.sluice.access.CredentialRefused;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
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
import io.sluice.store.access.Administrator.Role;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Stands before every operation of the administration: the token first, and whether its owner's
 * role allows the operation, then the tenant in the path, then the operation itself; and writes
 * down what came of it, and by whom.
 *
 * @param token whoever has it is an owner
 */
record AdminGuard(
    AdminCredential token,
    Administrators named,
    TenantStore tenants,
    AdminAudit audit,
    Showing showing) {
  /** Whoever has the admin token has no other name, and nobody else has this one. */
  static final String UNNAMED = "admin-token";

  private static final Caller OWNER = new Caller(UNNAMED, Role.OWNER);

  private static final String NAME = "user.name";
  private static final String TENANT = "tenant";

  AdminGuard(AdminCredential token, AdministrationParts parts) {
    this(
        token,
        parts.administrators(),
        parts.tenants(),
        new AdminAudit(parts.audit()),
        Showing.BEARER);
  }

  /** Somebody who may. */
  record Caller(String name, Role role) {}

  /** The same guard, to whom callers show otherwise who they are. */
  AdminGuard asking(Showing other) {
    return new AdminGuard(token, named, tenants, audit, other);
  }

  /** The operations on one tenant, which is there. */
  List<Endpoint> onTenants(Operations<TenantId> operations) {
    return written(operations).behind(this::admit, Principal::operator);
  }

  /** The operations on no tenant in particular. */
  List<Endpoint> onAll(Operations<Caller> operations) {
    return written(operations).behind(this::requireRole);
  }

  private <C> Operations<C> written(Operations<C> operations) {
    return operations.map(operation -> operation.answeredBy(written(operation)));
  }

  private Future<TenantId> admit(Call call, Operation<TenantId> operation) {
    return requireRole(call, operation).compose(caller -> existing(call));
  }

  private Future<Caller> requireRole(Call call, Operation<?> operation) {
    Optional<ShownToken> shown;
    try {
      shown = showing.token(call, operation);
    } catch (FaultException | ApiException refusal) {
      return refuse(call, operation, refusal);
    }
    return identify(shown, call).compose(found -> requireRole(call, operation, found));
  }

  /** Whose a token is; empty where it is nobody's, or no longer. */
  Future<Optional<Caller>> identify(Optional<ShownToken> shown, Call call) {
    if (shown.filter(one -> token.admits(one.hash())).isPresent()) {
      return Future.succeededFuture(Optional.of(OWNER));
    }
    return shown
        .filter(ShownToken::mayBeNamed)
        .map(one -> named.find(one.hash(), call.address()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.map(person -> new Caller(person.name(), person.role())));
  }

  private Future<Caller> requireRole(Call call, Operation<?> operation, Optional<Caller> found) {
    if (found.isEmpty()) {
      return refuse(call, operation, showing.unknown());
    }
    Caller caller = found.get();
    call.note(NAME, caller.name());
    return AdminRoles.allows(caller.role(), operation)
        ? Future.succeededFuture(caller)
        : audit
            .forbidden(call, operation)
            .compose(written -> Future.failedFuture(AdminErrors.forbidden()));
  }

  /** Carries out what somebody may do who has been identified. */
  Future<Answer> carryOut(Call call, Operation<Caller> operation, Caller caller) {
    call.note(NAME, caller.name());
    return written(operation).answer(caller, call);
  }

  /** Refuses somebody, and writes that down. */
  <T> Future<T> refuse(Call call, Operation<?> operation, RuntimeException refusal) {
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
