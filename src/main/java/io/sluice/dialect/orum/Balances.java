package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Balances, as last committed. Nothing is ever pending: book transfers are instant. */
record Balances(HolderStore holders, Enterprises enterprises, Subledgers subledgers) {
  Future<Answer> enterprise(Caller caller, Call call) {
    return enterprises
        .accounts(caller.tenant())
        .compose(
            accounts ->
                byHolder(caller.tenant(), List.of(accounts.enterprise(), accounts.system()))
                    .map(found -> enterprise(accounts, found)));
  }

  Future<Answer> subledger(Caller caller, Call call) {
    return subledgers
        .find(caller, call)
        .compose(
            holder ->
                byHolder(caller.tenant(), List.of(holder.id()))
                    .map(
                        found ->
                            write(JsonWriter.object().object("balance"), holder, found)
                                .toAnswer(200)));
  }

  Future<Answer> subledgers(Caller caller, Call call) {
    return subledgers
        .page(caller.tenant(), Page.of(Reader.parameters(call)))
        .compose(
            page ->
                byHolder(caller.tenant(), page.stream().map(Holder::id).toList())
                    .map(found -> list(page, found)));
  }

  /**
   * The enterprise's own money, and all money. All of a tenant's dollars came from the system
   * account and sum to zero with it, so its balance, negated, is the total: one row instead of a
   * sum over every subledger, and never at odds with transfers under way.
   */
  private static Answer enterprise(Accounts accounts, Map<HolderId, AccountBalance> found) {
    AccountBalance own = found.get(accounts.enterprise());
    AccountBalance system = found.get(accounts.system());
    JsonWriter json = JsonWriter.object();
    write(json.object("balance"), own.balance(), own.updatedAt()).end();
    write(json.object("total_balance"), system.balance().negated(), system.updatedAt()).end();
    return json.toAnswer(200);
  }

  private static Answer list(List<Holder> page, Map<HolderId, AccountBalance> found) {
    return JsonWriter.object()
        .objects("balances", page, (json, holder) -> write(json, holder, found))
        .toAnswer(200);
  }

  private Future<Map<HolderId, AccountBalance>> byHolder(
      TenantId tenant, Collection<HolderId> owners) {
    return holders.balances(tenant, owners).map(AccountBalance::byHolder);
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
        .text("currency", Names.CURRENCY)
        .time("updated_at", updatedAt);
  }
}
