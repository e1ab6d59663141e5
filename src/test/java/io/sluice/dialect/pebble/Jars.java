package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;

/** Jars and what is in them. */
record Jars(HolderStore holders) {
  Future<Answer> get(Caller caller, Call call) {
    String name = Reader.parameters(call).path("name", Reader.NAME);
    return find(caller.tenant(), name)
        .compose(jar -> holders.balances(caller.tenant(), jar.id()))
        .map(accounts -> accounts.getFirst())
        .map(account -> answer(name, account));
  }

  private Future<Holder> find(TenantId tenant, String name) {
    return holders
        .findByReference(tenant, Names.JAR, name)
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.noJar(name))));
  }

  private static Answer answer(String name, AccountBalance account) {
    return JsonWriter.object()
        .text("name", name)
        .number("pebbles", account.balance().units())
        .toAnswer(200);
  }
}
