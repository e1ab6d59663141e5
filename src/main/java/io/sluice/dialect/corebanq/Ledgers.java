package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.sluice.store.corebanq.CorebanqStores;
import io.sluice.store.corebanq.LedgerList;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code /v1/ledgers}: creates, shows and lists ledgers, and tells balances. */
record Ledgers(
    Services services,
    Directory directory,
    Currencies currencies,
    Opening opening,
    CorebanqStores stores) {
  Future<Answer> create(Caller caller, Call call) {
    LedgerRequest request = LedgerRequest.read(caller, call);
    Ledger ledger = request.ledger();
    TenantId tenant = caller.tenant();
    return requireParent(tenant, ledger)
        .compose(found -> currencies.use(tenant, ledger.currency()))
        .compose(
            asset ->
                opening.open(caller.principal(), request.code(), new LedgerDetail(ledger, asset)))
        .compose(holder -> show(201, holder));
  }

  /** A parent is there, and in the currency of its child. */
  private Future<Void> requireParent(TenantId tenant, Ledger child) {
    String code = child.currency().code();
    return child.parent().isEmpty()
        ? Future.succeededFuture()
        : directory
            .account(tenant, child.parent().get())
            .map(LedgerAccount::currencyCode)
            .compose(
                parent ->
                    parent.equals(code)
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                            new ApiException(Errors.parentCurrency(parent, code))));
  }

  Future<Answer> get(Caller caller, Call call) {
    return holder(caller, call).compose(holder -> show(200, holder));
  }

  Future<Answer> list(Caller caller, Call call) {
    LedgerSearch asked = LedgerSearch.read(call);
    TenantId tenant = caller.tenant();
    return find(tenant, asked)
        .compose(holders -> gather(tenant, holders).map(gathered -> render(holders, gathered)));
  }

  private Future<List<Holder>> find(TenantId tenant, LedgerSearch asked) {
    return stores
        .ledgers()
        .find(tenant, asked.filter(), asked.slice())
        .map(
            found ->
                found.orElseThrow(
                    () -> new ApiException(Errors.tooManyToOrder(LedgerList.MOST_EXAMINED))))
        .compose(ids -> holders(tenant, ids));
  }

  private Future<List<Holder>> holders(TenantId tenant, List<HolderId> ids) {
    return services
        .holders()
        .findAll(tenant, ids)
        .map(found -> ids.stream().map(found::get).toList());
  }

  Future<Answer> balance(Caller caller, Call call) {
    return holder(caller, call)
        .compose(
            holder ->
                services
                    .holders()
                    .balances(caller.tenant(), holder.id())
                    .map(balances -> balance(holder, balances.getFirst())));
  }

  private Answer balance(Holder holder, AccountBalance balance) {
    Ledger ledger = LedgerDetail.read(holder.detail()).ledger();
    return JsonWriter.object()
        .uuid("ledger_id", holder.id().value())
        .text("currency_code", ledger.currency().code())
        .number("balance_current", balance.balance().units())
        .number("balance_available", balance.available().units())
        .time("as_of", services.clock().instant())
        .toAnswer(200);
  }

  private Future<Holder> holder(Caller caller, Call call) {
    return directory.holder(caller.tenant(), Reader.withoutBody(call, Reader::ledger));
  }

  /** {@code {"ledger": {…}}} */
  Future<Answer> show(int status, Holder holder) {
    return gather(holder.tenant(), List.of(holder))
        .map(gathered -> gathered.write(JsonWriter.object(), holder).toAnswer(status));
  }

  /** {@code {"ledgers": [{"ledger": {…}}]}}: each element is wrapped by itself. */
  private static Answer render(List<Holder> holders, Gathered gathered) {
    return JsonWriter.object().objects("ledgers", holders, gathered::write).toAnswer(200);
  }

  /** What is shown of ledgers besides what their holders say. */
  private record Gathered(
      Map<HolderId, AccountBalance> balances, Map<HolderId, List<HolderId>> children) {
    JsonWriter write(JsonWriter json, Holder holder) {
      HolderId id = holder.id();
      json.object("ledger");
      LedgerDetail.write(json, holder, balances.get(id), children.getOrDefault(id, List.of()));
      return json.end();
    }
  }

  private Future<Gathered> gather(TenantId tenant, List<Holder> holders) {
    List<HolderId> ids = holders.stream().map(Holder::id).toList();
    return services
        .holders()
        .balances(tenant, ids)
        .compose(
            balances ->
                stores
                    .tree()
                    .children(tenant, ids)
                    .map(children -> new Gathered(AccountBalance.byHolder(balances), children)));
  }
}
