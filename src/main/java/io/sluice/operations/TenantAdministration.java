package io.sluice.operations;

import io.sluice.access.RateLimit;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;
import io.sluice.store.Tenant;
import io.sluice.store.TenantStatus;
import io.sluice.store.access.TenantRate;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Tenants, their request rates, and the age below which their tokens are refused. */
record TenantAdministration(AdministrationParts parts) {
  private static final String TENANTS = "/admin/tenants";
  private static final String TENANT = TENANTS + "/:tenant";
  private static final String RATE = TENANT + "/rate-limit";
  private static final int MAX_NAME_CHARS = 255;

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .post("createTenant", TENANTS, (caller, call) -> create(call))
        .get("listTenants", TENANTS, AdminQuery.reading(this::list, "limit", "after"));
  }

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get("getTenant", TENANT, (tenant, call) -> get(tenant))
        .patch("renameTenant", TENANT, this::rename)
        .postNothing("suspendTenant", TENANT + "/suspend", to(TenantStatus.SUSPENDED))
        .postNothing("resumeTenant", TENANT + "/resume", to(TenantStatus.ACTIVE))
        .postNothing("closeTenant", TENANT + "/close", AdminRoles.OWNERS, to(TenantStatus.CLOSED))
        .put("setRateLimit", RATE, this::setRate)
        .delete("removeRateLimit", RATE, (tenant, call) -> changeRate(tenant, Optional.empty()))
        .postNothing(
            "refuseEarlierTokens",
            TENANT + "/refuse-earlier-tokens",
            (tenant, call) -> refuseEarlierTokens(tenant));
  }

  private Future<Answer> create(Call call) {
    String name = AdminBody.of(call, "name").line("name", MAX_NAME_CHARS);
    return parts
        .tenants()
        .create(name)
        .map(
            created -> {
              Tenant tenant = created.orElseThrow(() -> AdminErrors.nameTaken("The name"));
              call.note("sluice.tenant", tenant.id().value());
              call.note("sluice.label", name);
              return show(tenant, Optional.empty()).toAnswer(201);
            });
  }

  private Future<Answer> list(AdminGuard.Caller caller, Call call, AdminQuery query) {
    int limit = query.limit();
    int after = query.whole("after", 0, Integer.MAX_VALUE).orElse(0);
    return parts
        .tenants()
        .list(limit + 1, after)
        .compose(found -> list(AdminPage.of(found, limit)));
  }

  private Future<Answer> list(AdminPage<Tenant> page) {
    return parts
        .rules()
        .rates(page.items().stream().map(Tenant::id).toList())
        .map(
            rates ->
                page.answer(
                    "tenants",
                    (json, tenant) ->
                        members(json, tenant, Optional.ofNullable(rates.get(tenant.id()))),
                    (json, last) -> json.number(AdminPage.NEXT, last.id().value())));
  }

  private Future<Answer> get(TenantId id) {
    return Future.all(parts.tenants().find(id), parts.rules().rate(id))
        .map(
            both -> {
              Optional<Tenant> tenant = both.resultAt(0);
              Optional<TenantRate> rate = both.resultAt(1);
              return show(tenant.orElseThrow(AdminErrors::unknownTenant), rate).toAnswer(200);
            });
  }

  private Future<Answer> rename(TenantId id, Call call) {
    String name = AdminBody.of(call, "name").line("name", MAX_NAME_CHARS);
    call.note("sluice.label", name);
    return parts
        .tenants()
        .rename(id, name)
        .compose(
            isFree -> {
              if (!isFree) {
                throw AdminErrors.nameTaken("The name");
              }
              return get(id);
            });
  }

  /** In this process at once, in others as soon as they look up again who may call. */
  private Operation.Handler<TenantId> to(TenantStatus status) {
    return (id, call) ->
        parts
            .tenants()
            .setStatus(id, status)
            .compose(
                changed -> {
                  changed.orElseThrow(AdminErrors::closed);
                  parts.issuer().forgetAll();
                  return get(id);
                });
  }

  private Future<Answer> setRate(TenantId tenant, Call call) {
    AdminBody body = AdminBody.of(call, "per_second", "burst");
    return changeRate(
        tenant,
        Optional.of(
            new TenantRate(
                body.integer("per_second", 0, RateLimit.MAX_RATE),
                body.integer("burst", 1, RateLimit.MAX_RATE))));
  }

  private Future<Answer> changeRate(TenantId tenant, Optional<TenantRate> rate) {
    return parts
        .rules()
        .setRate(tenant, rate)
        .compose(changed -> parts.ratesChanged().get())
        .compose(taken -> get(tenant));
  }

  private Future<Answer> refuseEarlierTokens(TenantId tenant) {
    Instant now = parts.clock().instant();
    return parts
        .tokens()
        .refuseIssuedBefore(tenant, now)
        .map(refused -> JsonWriter.object().time("tokens_not_before", now).toAnswer(200));
  }

  private static JsonWriter show(Tenant tenant, Optional<TenantRate> rate) {
    return members(JsonWriter.object(), tenant, rate);
  }

  private static JsonWriter members(JsonWriter json, Tenant tenant, Optional<TenantRate> rate) {
    json.number("id", tenant.id().value())
        .text("name", tenant.name())
        .text("status", tenant.status().name().toLowerCase(Locale.ROOT))
        .time("created_at", tenant.createdAt());
    if (rate.isEmpty()) {
      return json.nothing("rate_limit");
    }
    return json.object("rate_limit")
        .number("per_second", rate.get().perSecond())
        .number("burst", rate.get().burst())
        .end();
  }
}
