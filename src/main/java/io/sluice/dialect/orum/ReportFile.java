package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.Pieces;
import io.sluice.store.orum.Report;
import io.sluice.store.orum.Report.Line;
import io.sluice.store.orum.Report.Stretch;
import io.sluice.store.orum.ReportStore;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A report's file, made piece by piece: of one account after another, each from its oldest line in
 * the report's time to its last. It holds the lines of one piece, whatever the size of the whole.
 */
final class ReportFile implements Pieces {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
  private static final ZoneId UTC = ZoneId.of("Z");
  private static final ZoneId EASTERN = ZoneId.of("America/New_York");

  private static final Optional<Buffer> ON_THE_WAY = Optional.of(Buffer.buffer());

  private static final List<String> COLUMNS =
      List.of(
          "Transfer ID",
          "Reference ID",
          "Group ID",
          "Balance Updated At (UTC)",
          "Balance Updated At (Eastern)",
          "Affected Balance",
          "Direction",
          "Amount",
          "Status",
          "Payment Method",
          "Source",
          "Destination",
          "Estimated Funds Delivery Date",
          "Available Amount",
          "Pending Amount",
          "Ledger Amount");

  private final ReportStore store;
  private final Report report;
  private final Deque<Stretch> waiting = new ArrayDeque<>();
  private Optional<Stretch> current = Optional.empty();
  private long lastAccount;
  private boolean begun;
  private boolean noMoreAccounts;

  ReportFile(ReportStore store, Report report) {
    this.store = store;
    this.report = report;
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (!begun) {
      begun = true;
      return Future.succeededFuture(Optional.of(Buffer.buffer(Csv.line(COLUMNS))));
    }
    return lines();
  }

  /** The next lines; or none yet, where only the way to them was found. */
  private Future<Optional<Buffer>> lines() {
    if (current.isPresent()) {
      return linesOf(current.get());
    }
    if (!waiting.isEmpty()) {
      return begin(waiting.remove()).map(ON_THE_WAY);
    }
    return noMoreAccounts
        ? Future.succeededFuture(Optional.empty())
        : moreAccounts().map(ON_THE_WAY);
  }

  private Future<Void> moreAccounts() {
    return store
        .stretches(report, lastAccount)
        .map(
            found -> {
              waiting.addAll(found);
              noMoreAccounts = found.isEmpty();
              found.forEach(stretch -> lastAccount = stretch.account());
              return null;
            });
  }

  /** Finds where the report's time begins and ends on an account. */
  private Future<Void> begin(Stretch whole) {
    return store
        .countBefore(report.tenant(), whole, report.from())
        .compose(
            before ->
                store
                    .countBefore(report.tenant(), whole, report.to())
                    .map(
                        last -> {
                          current = Optional.of(new Stretch(whole.account(), before, last));
                          return null;
                        }));
  }

  private Future<Optional<Buffer>> linesOf(Stretch stretch) {
    if (stretch.after() >= stretch.last()) {
      current = Optional.empty();
      return Future.succeededFuture(ON_THE_WAY);
    }
    return store
        .lines(report.tenant(), stretch)
        .map(
            found -> {
              long reached = found.getLast().sequence();
              current = Optional.of(new Stretch(stretch.account(), reached, stretch.last()));
              Buffer text = Buffer.buffer();
              found.forEach(line -> text.appendString(written(line)));
              return Optional.of(text);
            });
  }

  private static String written(Line line) {
    JsonNode detail = Json.parse(line.detail());
    boolean moved = line.kind().equals(Names.BOOK_TRANSFER);
    String available = line.balance().toString();
    return Csv.line(
        List.of(
            line.transfer().toString(),
            detail.path(moved ? Reader.REFERENCE_ID : "reference").asText(),
            "",
            at(line.at(), UTC),
            at(line.at(), EASTERN),
            "Available",
            line.debit() ? "Debit" : "Credit",
            line.amount().toString(),
            "completed",
            moved ? "book_transfer" : "balance_top_up",
            moved ? side(detail, Side.SOURCE) : "",
            side(detail, Side.DESTINATION),
            at(line.at(), UTC),
            available,
            "0",
            available));
  }

  /** Whom a side names; the enterprise where it names nobody. */
  private static String side(JsonNode detail, Side side) {
    return detail.path(side.member()).path(Reader.SUBLEDGER_ID).asText("enterprise");
  }

  private static String at(Instant time, ZoneId zone) {
    return TIME.format(time.atZone(zone));
  }
}
