package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.Report;
import io.sluice.store.orum.ReportStore;
import io.sluice.store.orum.ReportStore.Movement;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** What balances were at the beginning and the end of a time, and what came between. */
record BalanceSummary(Reports reports, ReportStore store) {
  /**
   * What a summary is made of.
   *
   * @param funding what came in from outside
   */
  private record Sums(
      BigInteger opening, BigInteger closing, BigInteger funding, BigInteger debits) {
    static Sums of(ReportRequest request, Movement own, Movement system) {
      // All money came from the system account, whose balance is the total, negated.
      BigInteger funding = system.before().subtract(system.after());
      return switch (request.scope()) {
        case TOTAL ->
            new Sums(system.before().negate(), system.after().negate(), funding, BigInteger.ZERO);
        case ENTERPRISE -> new Sums(own.before(), own.after(), funding, own.debits());
        case SUBLEDGER -> new Sums(own.before(), own.after(), BigInteger.ZERO, own.debits());
      };
    }

    /** What came in from others of the tenant's balances. */
    BigInteger credits() {
      return closing.subtract(opening).add(debits).subtract(funding);
    }
  }

  Future<Answer> get(Caller caller, Call call) {
    ReportRequest request = ReportRequest.ofQuery(call);
    TenantId tenant = caller.tenant();
    AccountId system = new Accounts(tenant).systemAccount().id();
    return reports
        .account(tenant, request)
        .map(own -> Optional.of(own).filter(it -> request.scope() != Report.Scope.TOTAL))
        .compose(own -> store.movements(tenant, own, system, request.from(), request.to()))
        .map(both -> written(request, Sums.of(request, both.own(), both.system())));
  }

  private static Answer written(ReportRequest request, Sums sums) {
    Instant from = request.from();
    JsonWriter json =
        JsonWriter.object()
            .object("balance_statement_summary_report")
            .time("start_time", from)
            .time("end_time", request.to())
            .object("account_balances");
    amounts(json, "opening", sums.opening());
    amounts(json, "closing", sums.closing());
    json.end().array("ledger_entry_balances");
    entry(json, "outbound_funds", sums.debits(), BigInteger.ZERO);
    entry(json, "inbound_funds", BigInteger.ZERO, sums.credits());
    entry(json, "balance_top_up", BigInteger.ZERO, sums.funding());
    return json.toAnswer(200);
  }

  private static void amounts(JsonWriter json, String name, BigInteger available) {
    json.object(name).number("pending_amount", 0).number("available_amount", available).end();
  }

  /** Types without entries are left out. */
  private static void entry(JsonWriter json, String type, BigInteger debit, BigInteger credit) {
    if (debit.signum() != 0 || credit.signum() != 0) {
      json.element().text("type", type).number("debit", debit).number("credit", credit).end();
    }
  }
}
