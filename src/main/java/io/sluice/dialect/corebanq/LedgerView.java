package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountBalance;
import io.sluice.store.Holder;
import io.sluice.store.corebanq.LedgerTree;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows ledgers: what their holders say, their balances, and their children. */
final class LedgerView {
  private final Services services;
  private final LedgerTree tree;

  LedgerView(Services services, LedgerTree tree) {
    this.services = services;
    this.tree = tree;
  }

  /** {@code {"ledger": {…}}} */
  Future<Answer> one(int status, Holder holder) {
    return gather(holder.tenant(), List.of(holder))
        .map(
            page -> {
              JsonWriter json = JsonWriter.object();
              page.write(json.object("ledger"), holder);
              return Answer.json(status, json.toBuffer());
            });
  }

  /** {@code {"ledgers": [{"ledger": {…}}]}}: each element is wrapped by itself. */
  Future<Answer> list(TenantId tenant, List<Holder> holders) {
    return gather(tenant, holders)
        .map(
            page -> {
              JsonWriter json = JsonWriter.object().array("ledgers");
              for (Holder holder : holders) {
                page.write(json.element().object("ledger"), holder);
                json.end().end();
              }
              return Answer.json(200, json.toBuffer());
            });
  }

  private Future<Gathered> gather(TenantId tenant, List<Holder> holders) {
    List<HolderId> ids = holders.stream().map(Holder::id).toList();
    return services
        .holders()
        .balances(tenant, ids)
        .compose(
            balances ->
                tree.children(tenant, ids)
                    .map(
                        children ->
                            new Gathered(
                                balances.stream()
                                    .collect(
                                        Collectors.toMap(
                                            AccountBalance::holder, Function.identity())),
                                children)));
  }

  private record Gathered(
      Map<HolderId, AccountBalance> balances, Map<HolderId, List<HolderId>> children) {
    void write(JsonWriter json, Holder holder) {
      Ledger ledger = Ledger.ofDetail(holder.detail());
      AccountBalance balance = balances.get(holder.id());
      json.uuid("id", holder.id().value())
          .text("code", holder.reference())
          .text("description", ledger.description())
          .text("type", ledger.type())
          .uuid("currency_id", ledger.currencyId())
          .text("currency_code", ledger.currencyCode())
          .number("balance_current", balance.balance().units())
          .number("balance_available", balance.available().units())
          .bool("overdraft_enabled", ledger.overdraftEnabled())
          .number("overdraft_limit", ledger.overdraftLimit());
      writeDates(json, holder, ledger, balance);
      json.uuid("parent_ledger_id", ledger.parent().orElse(null)).array("child_ledger_ids");
      children
          .getOrDefault(holder.id(), List.of())
          .forEach(child -> json.element(child.value().toString()));
      json.end()
          .time("created_at", holder.createdAt())
          .uuid("created_by", ledger.createdBy())
          .time("modified_at", holder.updatedAt())
          .uuid("modified_by", ledger.createdBy())
          .bool("active", holder.status() == HolderStatus.ACTIVE)
          .raw("metadata", ledger.metadata().json());
    }

    /** An account that nothing was posted to still has the time of its opening. */
    private static void writeDates(
        JsonWriter json, Holder holder, Ledger ledger, AccountBalance balance) {
      Instant active = balance.updatedAt();
      boolean closed = holder.status() == HolderStatus.CLOSED;
      json.time("last_activity_date", active.isAfter(holder.createdAt()) ? active : null)
          .time("opening_date", ledger.openingDate().orElse(holder.createdAt()))
          .time("closing_date", closed ? holder.updatedAt() : null);
    }
  }
}
