package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.StatementSearch.Start;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Posting;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.PostingPages.Place;
import io.sluice.store.PostingPages.Span;
import io.sluice.store.PostingPages.Stretch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One page of a statement. Sums of buckets may have a digit more than an amount may. */
record Sheet(StatementSearch search, AssetRules asset, Span span, Slice<Row> rows) {
  /**
   * A posting.
   *
   * @param balance of all the statement's accounts together after it
   */
  record Row(Line line, Held account, BigInteger balance) {}

  /**
   * The page with what was found.
   *
   * @param found up to one posting more than the page may have
   */
  static Sheet of(
      StatementSearch search, AssetRules asset, List<Held> held, Span span, Stretch found) {
    Map<Long, Held> accounts =
        held.stream().collect(Collectors.toMap(Held::number, Function.identity()));
    BigInteger balance = sum(found.before().values().stream());
    var rows = new ArrayList<Row>(found.lines().size());
    for (Line line : found.lines()) {
      balance = balance.add(line.amount().units());
      rows.add(new Row(line, accounts.get(line.account()), balance));
    }
    return new Sheet(search, asset, span, Slice.of(rows, search.page().limit()));
  }

  Answer answer() {
    JsonWriter json = JsonWriter.object().uuid(EntryDetail.ASSET, asset.id().value());
    search.bucket().ifPresent(bucket -> json.text(Reader.BUCKET_NAME, bucket.name()));
    search.from().ifPresent(from -> json.time(HistorySearch.FROM, from));
    search.to().ifPresent(to -> json.time(HistorySearch.TO, to));
    json.text("opening_balance", text(sum(span.opening().values().stream().map(Standing::balance))))
        .text(
            "closing_balance", text(sum(span.closing().values().stream().map(Standing::balance))));
    return rows.answer(json, search.page(), this::next, this::write);
  }

  private static BigInteger sum(Stream<Amount> amounts) {
    return amounts.map(Amount::units).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private String text(BigInteger units) {
    return new BigDecimal(units, asset.scale()).toPlainString();
  }

  private List<String> next(Row last) {
    Map<Long, Long> ends =
        span.closing().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().sequence()));
    return new Start(Place.of(last.line()), ends).parts();
  }

  private void write(JsonWriter json, Row row) {
    Line line = row.line();
    Histories.write(json, line, row.account(), asset);
    json.uuid("posting_id", Posting.idOf(row.account().id(), line.sequence()))
        .text("running_balance", text(row.balance()));
  }
}
