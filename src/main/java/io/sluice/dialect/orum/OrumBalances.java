package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Balances, as last committed. Nothing is ever pending: book transfers are instant. */
final class OrumBalances {
  private final Services services;
  private final OrumAccess access;
  private final OrumEnterprises enterprises;
  private final OrumSubledgers subledgers;

  OrumBalances(
      Services services,
      OrumAccess access,
      OrumEnterprises enterprises,
      OrumSubledgers subledgers) {
    this.services = services;
    this.access = access;
    this.enterprises = enterprises;
    this.subledgers = subledgers;
  }

  Future<Answer> enterprise(Call call) {
    return access
        .authorise(call, OrumScope.READ_BALANCES)
        .compose(enterprises::books)
        .compose(
            books ->
                byHolder(books.tenant(), List.of(books.enterprise(), books.system()))
                    .map(found -> enterprise(books, found)));
  }

  Future<Answer> subledger(Call call) {
    return access
        .authorise(call, OrumScope.READ_BALANCES)
        .compose(
            tenant ->
                subledgers
                    .find(tenant, call.pathParameter("id"))
                    .compose(
                        holder ->
                            byHolder(tenant, List.of(holder.id()))
                                .map(
                                    found ->
                                        Answer.json(
                                            200,
                                            write(
                                                    JsonWriter.object().object("balance"),
                                                    holder,
                                                    found)
                                                .end()
                                                .toBuffer()))));
  }

  Future<Answer> subledgers(Call call) {
    return access
        .authorise(call, OrumScope.READ_BALANCES)
        .compose(
            tenant ->
                subledgers
                    .page(tenant, OrumPage.of(call.query()))
                    .compose(
                        page ->
                            byHolder(tenant, page.stream().map(Holder::id).toList())
                                .map(found -> list(page, found))));
  }

  /**
   * The enterprise's own money, and all money. All of a tenant's dollars came from the system
   * account and sum to zero with it, so its balance, negated, is the total: one row instead of a
   * sum over every subledger, and never at odds with transfers under way.
   */
  private static Answer enterprise(OrumBooks books, Map<HolderId, AccountBalance> found) {
    AccountBalance own = found.get(books.enterprise());
    AccountBalance system = found.get(books.system());
    JsonWriter json = JsonWriter.object();
    write(json.object("balance"), own.balance(), own.updatedAt()).end();
    write(json.object("total_balance"), system.balance().negated(), system.updatedAt()).end();
    return Answer.json(200, json.toBuffer());
  }

  private static Answer list(List<Holder> page, Map<HolderId, AccountBalance> found) {
    JsonWriter json = JsonWriter.object().array("balances");
    page.forEach(holder -> write(json.element(), holder, found).end());
    return Answer.json(200, json.end().toBuffer());
  }

  private Future<Map<HolderId, AccountBalance>> byHolder(
      TenantId tenant, Collection<HolderId> holders) {
    return holders.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services
            .holders()
            .balances(tenant, holders)
            .map(
                all ->
                    all.stream()
                        .collect(Collectors.toMap(AccountBalance::holder, Function.identity())));
  }

  private static JsonWriter write(
      JsonWriter json, Holder holder, Map<HolderId, AccountBalance> found) {
    AccountBalance account = found.get(holder.id());
    json.uuid("subledger_id", holder.id().value())
        .text("subledger_reference_id", holder.reference());
    return write(json, account.balance(), account.updatedAt());
  }

  private static JsonWriter write(JsonWriter json, Amount available, Instant updatedAt) {
    return json.number("pending", 0)
        .number("available", available.units())
        .text("currency", OrumBooks.CURRENCY)
        .time("updated_at", updatedAt);
  }
}
