package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.corebanq.ReportStore;
import io.sluice.store.corebanq.ReportStore.Line;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code GET /v1/ledgers/reports/trial-balance}: every ledger's balance at a moment, on the side
 * where it stands. What was entered from outside stands on the clearing account, so that both sides
 * come to the same.
 */
record TrialBalance(Services services, AccountHistory history, ReportStore reports) {
  /** The most ledgers and clearing accounts of one report. */
  static final int MAX_ROWS = 5_000;

  private static final List<String> KINDS = List.of(Names.LEDGER, Names.SYSTEM);

  private record Asked(Instant asOf, Optional<String> currency) {}

  /**
   * A ledger in the report.
   *
   * @param balance positive where it is owed to the holder
   */
  private record Entry(Line line, Amount balance) {
    boolean isLedger() {
      return line.kind().equals(Names.LEDGER);
    }

    BigInteger debits() {
      return balance.units().negate().max(BigInteger.ZERO);
    }

    BigInteger credits() {
      return balance.units().max(BigInteger.ZERO);
    }
  }

  /** What both sides of a currency come to. */
  private record Total(BigInteger debits, BigInteger credits) {
    static final Total NONE = new Total(BigInteger.ZERO, BigInteger.ZERO);

    Total plus(Entry entry) {
      return new Total(debits.add(entry.debits()), credits.add(entry.credits()));
    }
  }

  /** A ledger that is opened after its accounts were looked up has no posting as old as that. */
  Future<Answer> show(Caller caller, Call call) {
    Asked asked = Reader.withoutBody(call, this::asked);
    TenantId tenant = caller.tenant();
    return reports
        .accounts(tenant, KINDS, asked.currency(), MAX_ROWS + 1)
        .map(TrialBalance::requireFew)
        .compose(
            lines ->
                history
                    .at(tenant, lines.stream().map(Line::number).toList(), asked.asOf())
                    .map(standings -> answer(asked, entries(lines, standings))));
  }

  private Asked asked(Reader reader) {
    Instant now = services.now();
    Instant asOf = reader.query("as_of", Reader.TIME).orElse(now);
    return new Asked(
        asOf.isAfter(now) ? now : asOf, reader.query("currency_code", LedgerRequest.CURRENCY_CODE));
  }

  private static List<Line> requireFew(List<Line> lines) {
    if (lines.size() > MAX_ROWS) {
      throw new ApiException(Errors.tooManyLedgers(MAX_ROWS));
    }
    return lines;
  }

  /** The ledgers in the order of their creation, then the clearing accounts. */
  private static List<Entry> entries(List<Line> lines, Map<Long, Standing> standings) {
    return lines.stream()
        .map(
            line -> new Entry(line, standings.getOrDefault(line.number(), Standing.NONE).balance()))
        .sorted(
            Comparator.comparing((Entry entry) -> !entry.isLedger())
                .thenComparing(entry -> entry.isLedger() ? "" : entry.line().currency()))
        .toList();
  }

  private static Answer answer(Asked asked, List<Entry> entries) {
    Map<String, Total> totals = new TreeMap<>();
    entries.forEach(
        entry ->
            totals.merge(
                entry.line().currency(), Total.NONE.plus(entry), (old, one) -> old.plus(entry)));
    return JsonWriter.object()
        .time("as_of", asked.asOf())
        .objects("rows", entries, TrialBalance::write)
        .objects("totals", List.copyOf(totals.entrySet()), TrialBalance::write)
        .toAnswer(200);
  }

  private static void write(JsonWriter json, Entry entry) {
    if (entry.isLedger()) {
      json.uuid("ledger_id", entry.line().holder().value())
          .text("code", entry.line().code())
          .text("type", LedgerDetail.read(entry.line().detail()).ledger().type());
    }
    json.text("currency_code", entry.line().currency())
        .number("total_debits", entry.debits())
        .number("total_credits", entry.credits())
        .number("balance", entry.balance().units());
  }

  private static void write(JsonWriter json, Map.Entry<String, Total> total) {
    json.text("currency_code", total.getKey())
        .number("total_debits", total.getValue().debits())
        .number("total_credits", total.getValue().credits());
  }
}
