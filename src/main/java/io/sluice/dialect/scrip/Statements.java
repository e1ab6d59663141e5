package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.scrip.StatementSearch.Start;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.AccountHistory.Range;
import io.sluice.store.AccountHistory.Standing;
import io.sluice.store.PostingPages;
import io.sluice.store.PostingPages.Span;
import io.sluice.store.scrip.ScripStores;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statements: postings of one asset with the balance after each, between two balances. */
record Statements(ScripStores stores, Directory directory, Holders holders) {
  Future<Answer> ofParticipant(Caller caller, Call call) {
    return list(caller.tenant(), Names.PARTICIPANT, call);
  }

  Future<Answer> ofProgram(Caller caller, Call call) {
    return list(caller.tenant(), Names.PROGRAM, call);
  }

  private Future<Answer> list(TenantId tenant, String kind, Call call) {
    StatementSearch search = Reader.read(call, StatementSearch::read);
    return holders
        .byId(tenant, kind, search.holder())
        .compose(
            holder ->
                directory
                    .asset(tenant, search.asset())
                    .map(found -> found.orElseThrow(() -> unknown(search)))
                    .compose(
                        asset ->
                            stores
                                .history()
                                .held(tenant, holder.id())
                                .map(search::only)
                                .compose(held -> page(tenant, search, asset, held))));
  }

  private static ApiException unknown(StatementSearch search) {
    return new ApiException(Errors.notFound("asset", search.asset()));
  }

  private Future<Answer> page(
      TenantId tenant, StatementSearch search, AssetRules asset, List<Held> held) {
    var pages = new PostingPages(stores.history());
    var after = search.page().after();
    int limit = search.page().limit();
    return pages
        .span(tenant, held, search.from(), search.to())
        .compose(span -> ended(tenant, span, after))
        .compose(
            span ->
                pages
                    .oldestFirst(tenant, span, after.map(Start::place), limit + 1)
                    .map(found -> Sheet.of(search, asset, held, span, found).answer()));
  }

  /** What came into being since the first page is on none. */
  private Future<Span> ended(TenantId tenant, Span span, Optional<Start> after) {
    return after.isEmpty()
        ? Future.succeededFuture(span)
        : stores
            .history()
            .lines(tenant, lastOf(span, after.get().ends()))
            .map(
                lines ->
                    lines.stream()
                        .collect(
                            Collectors.toMap(
                                Line::account,
                                line -> new Standing(line.sequence(), line.balance()))))
            .map(closing -> new Span(span.opening(), closing));
  }

  private static List<Range> lastOf(Span span, Map<Long, Long> ends) {
    return span.closing().keySet().stream()
        .filter(ends::containsKey)
        .map(
            account -> {
              long last = Math.min(span.closing(account).sequence(), ends.get(account));
              return new Range(account, Math.max(last - 1, 0), last);
            })
        .toList();
  }
}
