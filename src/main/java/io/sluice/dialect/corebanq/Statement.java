package io.sluice.dialect.corebanq;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Posting;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.AccountHistory.Range;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.corebanq.ReportStore;
import io.sluice.store.corebanq.ReportStore.Turnover;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code GET /v1/ledgers/{id}/statement}: how a ledger came from one balance to another. */
record Statement(
    Services services, Directory directory, AccountHistory history, ReportStore reports) {
  /** The most entries of one statement, as its totals cost what they add up. */
  static final int MOST_ENTRIES = 100_000;

  private record Asked(UUID ledger, Optional<Instant> from, Instant to, int limit, int offset) {}

  /** What stands before the entries. */
  private record Period(Range range, Standing opening, Standing closing) {
    long entries() {
      return range.upTo() - range.above();
    }

    /** The page of it, oldest first. */
    Range page(Asked asked) {
      long above = Math.min(range.upTo(), range.above() + asked.offset());
      return new Range(range.account(), above, Math.min(range.upTo(), above + asked.limit()));
    }
  }

  Future<Answer> show(Caller caller, Call call) {
    Asked asked = Reader.withoutBody(call, this::asked);
    TenantId tenant = caller.tenant();
    return directory
        .account(tenant, asked.ledger())
        .compose(
            known ->
                history
                    .held(tenant, new HolderId(asked.ledger()))
                    .map(accounts -> of(known, accounts))
                    .compose(held -> period(tenant, held, asked))
                    .compose(period -> show(tenant, known, period, asked)));
  }

  private static Held of(LedgerAccount known, List<Held> accounts) {
    return accounts.stream()
        .filter(held -> held.id().equals(known.account().id()))
        .findFirst()
        .orElseThrow();
  }

  private Future<Answer> show(TenantId tenant, LedgerAccount known, Period period, Asked asked) {
    if (period.entries() > MOST_ENTRIES) {
      throw new ApiException(Errors.tooManyEntries(MOST_ENTRIES, "from and to"));
    }
    return reports
        .turnover(tenant, period.range())
        .compose(
            turnover ->
                history
                    .lines(tenant, List.of(period.page(asked)))
                    .map(lines -> answer(asked, known, period, turnover, lines)));
  }

  private Asked asked(Reader reader) {
    Optional<Instant> from = reader.query("from", Reader.TIME);
    Instant to = reader.query("to", Reader.TIME).orElseGet(services::now);
    from.filter(to::isBefore).ifPresent(late -> reader.refuse("from", "must not be after to"));
    return new Asked(reader.ledger(), from, to, Page.limit(reader), Page.offset(reader));
  }

  /** From the moment before the first one, as both ends are part of it. */
  private Future<Period> period(TenantId tenant, Held held, Asked asked) {
    return standing(tenant, held, asked.to())
        .compose(
            closing ->
                asked
                    .from()
                    .map(from -> standing(tenant, held, AccountHistory.before(from)))
                    .orElseGet(() -> Future.succeededFuture(Standing.NONE))
                    .map(
                        opening ->
                            new Period(
                                new Range(held.number(), opening.sequence(), closing.sequence()),
                                opening,
                                closing)));
  }

  private Future<Standing> standing(TenantId tenant, Held held, Instant moment) {
    return history
        .at(tenant, List.of(held.number()), moment)
        .map((Map<Long, Standing> found) -> found.getOrDefault(held.number(), Standing.NONE));
  }

  private static Answer answer(
      Asked asked, LedgerAccount account, Period period, Turnover turnover, List<Line> lines) {
    List<Line> inOrder = lines.stream().sorted(Comparator.comparingLong(Line::sequence)).toList();
    return JsonWriter.object()
        .uuid("ledger_id", asked.ledger())
        .text("currency_code", account.currencyCode())
        .time("from", asked.from().orElse(null))
        .time("to", asked.to())
        .number("opening_balance", period.opening().balance().units())
        .number("closing_balance", period.closing().balance().units())
        .number("total_debits", turnover.debits().units())
        .number("total_credits", turnover.credits().units())
        .objects("entries", inOrder, (json, line) -> write(json, account, line))
        .toAnswer(200);
  }

  private static void write(JsonWriter json, LedgerAccount account, Line line) {
    var posting =
        new Posting(account.account().id(), line.sequence(), line.amount(), line.balance());
    TransferDetail.read(line.detail()).write(json, account.ledger(), posting, line.createdAt());
  }
}
