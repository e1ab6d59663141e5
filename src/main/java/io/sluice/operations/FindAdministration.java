package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.sluice.store.Finder;
import io.sluice.store.Finder.Found;
import io.sluice.store.Finder.Result;
import io.sluice.store.Tenant;
import io.sluice.store.TenantStore;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what an id, a name or a key is that somebody quotes, and whose.
 *
 * @param credentialTypes those that there are lists of
 */
record FindAdministration(TenantStore tenants, Finder finder, Set<String> credentialTypes) {
  private static final int MAX_CHARS = 512;

  /** Tenants that one call looks in: each costs a look-up in every table. */
  private static final int MAX_TENANTS = 200;

  /** Where what concerns no tenant is. */
  private static final int NO_TENANT = 0;

  private static final String IN_THE_LOG =
      "Of a client's call the database keeps no request id: the access log has it, with the id of"
          + " the transfer. Keys that a client did not send again are kept as digests, and found"
          + " only as they were sent.";

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .get("find", "/admin/find", AdminQuery.reading(this::find, "q", "tenant", "after_tenant"));
  }

  /**
   * Where a call looks.
   *
   * @param next where another one may go on
   */
  private record Where(List<Tenant> tenants, boolean isEverybody, Optional<Integer> next) {
    private List<Integer> ids() {
      Stream<Integer> own = tenants.stream().map(tenant -> tenant.id().value());
      return Stream.concat(own, isEverybody ? Stream.of(NO_TENANT) : Stream.empty()).toList();
    }

    private Optional<Tenant> tenant(int id) {
      return tenants.stream().filter(tenant -> tenant.id().value() == id).findFirst();
    }
  }

  private Future<Answer> find(AdminGuard.Caller caller, Call call, AdminQuery query) {
    String text =
        query
            .text("q", MAX_CHARS)
            .orElseThrow(() -> AdminErrors.invalid("q must be what is looked for"));
    int after = query.whole("after_tenant", 0, Integer.MAX_VALUE).orElse(0);
    return where(query.whole("tenant", 1, Integer.MAX_VALUE), after)
        .compose(
            where ->
                Future.all(things(where, text), after == 0 ? tenant(where, text) : nobody())
                    .map(both -> answer(where, text, both.resultAt(0), both.resultAt(1))));
  }

  private Future<Where> where(Optional<Integer> tenant, int after) {
    if (tenant.isPresent()) {
      return tenants
          .find(new TenantId(tenant.get()))
          .map(found -> List.of(found.orElseThrow(AdminErrors::unknownTenant)))
          .map(one -> new Where(one, false, Optional.empty()));
    }
    return tenants
        .list(MAX_TENANTS + 1, after)
        .map(
            page -> {
              boolean isLast = page.size() <= MAX_TENANTS;
              List<Tenant> looked = isLast ? page : page.subList(0, MAX_TENANTS);
              Optional<Integer> next =
                  isLast ? Optional.empty() : Optional.of(looked.getLast().id().value());
              return new Where(looked, after == 0, next);
            });
  }

  private Future<Result> things(Where where, String text) {
    return finder.find(where.ids(), text, Values.uuid(text), Values.parameter(text));
  }

  private static Future<Optional<Tenant>> nobody() {
    return Future.succeededFuture(Optional.empty());
  }

  /** The tenant of that name or number, where that is looked for at all. */
  private Future<Optional<Tenant>> tenant(Where where, String text) {
    Future<Optional<Tenant>> numbered =
        Values.parameter(text)
            .filter(number -> number > 0)
            .map(number -> tenants.find(new TenantId(number)))
            .orElseGet(FindAdministration::nobody);
    return numbered
        .compose(
            found -> found.isPresent() ? Future.succeededFuture(found) : tenants.findByName(text))
        .map(found -> found.filter(one -> where.isEverybody() || where.tenants().contains(one)));
  }

  private Answer answer(Where where, String text, Result result, Optional<Tenant> tenant) {
    JsonWriter json = JsonWriter.object().text("q", text).array("found");
    tenant.ifPresent(one -> write(json.element(), one).end());
    result.found().forEach(found -> write(json.element(), where, text, found).end());
    json.end().bool("complete", result.isAll() && where.next().isEmpty());
    where.next().ifPresentOrElse(next -> json.number("next", next), () -> json.nothing("next"));
    boolean isNothing = result.found().isEmpty() && tenant.isEmpty();
    return json.texts("notes", isNothing ? List.of(IN_THE_LOG) : List.of()).toAnswer(200);
  }

  private static JsonWriter write(JsonWriter json, Tenant tenant) {
    json.text("what", "tenant").text("by", "tenant").text("kind", "");
    owner(json, Optional.of(tenant));
    return json.nothing("id").text("link", page(tenant.id().value()));
  }

  private JsonWriter write(JsonWriter json, Where where, String text, Found found) {
    json.text("what", found.what()).text("by", found.by()).text("kind", found.kind());
    owner(json, where.tenant(found.tenant()));
    return json.uuid("id", found.id()).text("link", link(found, text).orElse(null));
  }

  private static void owner(JsonWriter json, Optional<Tenant> tenant) {
    tenant.ifPresentOrElse(
        one -> json.object("tenant").number("id", one.id().value()).text("name", one.name()).end(),
        () -> json.nothing("tenant"));
  }

  private static String page(int tenant) {
    return tenant == NO_TENANT ? "/admin" : "/admin/tenants/" + tenant;
  }

  /** The page of a thing on this port; empty where there is none. */
  private Optional<String> link(Found found, String text) {
    String of = page(found.tenant());
    return switch (found.what()) {
      case "transfer", "account", "holder", "lot" ->
          Optional.of(of + "/" + found.what() + "s/" + found.id());
      case "credential" ->
          Optional.of(of + "/credentials/" + found.kind() + "s")
              .filter(list -> credentialTypes.contains(found.kind()));
      case "audit" ->
          Optional.of(of + "/audit?request=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
              .filter(list -> found.by().equals("request"));
      default -> Optional.empty();
    };
  }
}
