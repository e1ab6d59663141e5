package io.sluice.operations;

import io.sluice.access.AuditTrail;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Operation;
import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.AuditQuery;
import io.sluice.store.access.AuditQuery.About;
import io.sluice.store.access.AuditQuery.Found;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Looking up what was written down. */
record AuditAdministration(AuditTrail trail) {
  /** Where what concerns no tenant is, or a tenant that is not known. */
  private static final int NO_TENANT = 0;

  private static final int MAX_ACTION_CHARS = 255;
  private static final int MAX_REQUEST_CHARS = 512;

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .get("listCommonAudit", "/admin/audit", reading(caller -> NO_TENANT));
  }

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get("listAudit", "/admin/tenants/:tenant/audit", reading(TenantId::value));
  }

  private <C> Operation.Handler<C> reading(ToIntFunction<C> tenant) {
    return AdminQuery.reading(
        (caller, call, query) -> list(tenant.applyAsInt(caller), query),
        "action",
        "request",
        "transfer",
        "credential",
        "from",
        "to",
        "limit",
        "before");
  }

  private Future<Answer> list(int tenant, AdminQuery query) {
    Optional<About> about = about(query);
    int limit = query.limit();
    var from = query.time("from");
    var to = query.time("to");
    return AdminPage.place(query, "before", id -> trail.place(tenant, id))
        .map(before -> new AuditQuery(tenant, about, from, to, before))
        .compose(wanted -> trail.list(wanted, limit + 1))
        .map(found -> answer(found, limit));
  }

  /** Of what is about one thing there is a list; of what is about two there is none. */
  private static Optional<About> about(AdminQuery query) {
    List<About> asked =
        Stream.<Optional<? extends About>>of(
                query.text("action", MAX_ACTION_CHARS).map(About.Action::new),
                query.text("request", MAX_REQUEST_CHARS).map(About.Request::new),
                query.id("transfer").map(About.Transfer::new),
                query.whole("credential", 1, Integer.MAX_VALUE).map(About.Credential::new))
            .<About>flatMap(Optional::stream)
            .toList();
    if (asked.size() > 1) {
      throw AdminErrors.invalid(
          "only one of action, request, transfer and credential may be asked for");
    }
    return asked.stream().findFirst();
  }

  private static Answer answer(List<Found> found, int limit) {
    return AdminPage.of(found, limit)
        .answer(
            "records",
            (json, each) -> json.members(each.record()),
            (json, last) -> json.uuid(AdminPage.NEXT, last.place().id()));
  }
}
