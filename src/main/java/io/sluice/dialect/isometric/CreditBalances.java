package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.LotStatus;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.BatchStore.Total;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code GET /organisations/{id}/credit_balance}: what it holds, in all and by where it is from.
 */
record CreditBalances(Directory directory, BatchStore batches, IdCodec codec) {
  Future<Answer> get(Caller caller, Call call) {
    return directory
        .requireOrganisation(caller.tenant(), Reader.pathId(call))
        .compose(owner -> batches.totals(caller.tenant(), Accounts.of(owner.id()).id()))
        .map(this::answer);
  }

  private Answer answer(List<Total> totals) {
    var json = JsonWriter.object();
    write(json, totals);
    json.array("supplier_balances");
    by(totals, total -> codec.encode(IdPrefix.SUPPLIER, total.supplier().value()))
        .forEach((id, of) -> write(json, "supplier_id", id, of));
    json.end().array("project_balances");
    by(totals, total -> codec.encode(IdPrefix.PROJECT, total.project()))
        .forEach((id, of) -> write(json, "project_id", id, of));
    json.end().array("order_balances");
    List<Total> ordered = totals.stream().filter(total -> total.order().isPresent()).toList();
    by(ordered, total -> codec.encode(IdPrefix.ORDER, total.order().orElseThrow().value()))
        .forEach((id, of) -> write(json, "order_id", id, of));
    return json.toAnswer(200);
  }

  private static void write(JsonWriter json, String name, String id, List<Total> totals) {
    write(json.element().text(name, id), totals).end();
  }

  private static JsonWriter write(JsonWriter json, List<Total> totals) {
    json.object("total");
    Kilograms.write(json, "active_credits_total", sum(totals, LotStatus.ACTIVE));
    Kilograms.write(json, "retired_credits_total", sum(totals, LotStatus.RETIRED));
    return json.end();
  }

  /** In the order of ids. */
  private static Map<String, List<Total>> by(List<Total> totals, Function<Total, String> id) {
    return totals.stream().collect(Collectors.groupingBy(id, TreeMap::new, Collectors.toList()));
  }

  private static BigInteger sum(List<Total> totals, LotStatus status) {
    return totals.stream()
        .filter(total -> total.status() == status)
        .map(total -> total.kilograms().units())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
