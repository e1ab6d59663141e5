package io.sluice.store;

import io.sluice.ledger.Amount;
import io.sluice.ledger.TenantId;
import io.sluice.store.AccountHistory.Held;
import io.sluice.store.AccountHistory.Line;
import io.sluice.store.AccountHistory.Range;
import io.sluice.store.AccountHistory.Standing;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the postings of several accounts, as one list by time. Postings of one account keep
 * their order; a page costs what it holds, for each of the accounts.
 */
public record PostingPages(AccountHistory history) {
  private static final Comparator<Line> BY_PLACE =
      Comparator.comparing(Line::createdAt)
          .thenComparing(Line::account)
          .thenComparing(Line::sequence);

  /** Where a posting is in such a list. */
  public record Place(Instant at, long account, long sequence) {
    public static Place of(Line line) {
      return new Place(line.createdAt(), line.account(), line.sequence());
    }
  }

  /**
   * Those postings of accounts that a list is about.
   *
   * @param opening how the accounts stood before the list begins, by account number; absent ones
   *     had no posting
   * @param closing how they stand where it ends
   */
  public record Span(Map<Long, Standing> opening, Map<Long, Standing> closing) {
    /** How an account stood before the list begins. */
    public Standing opening(long account) {
      return opening.getOrDefault(account, Standing.NONE);
    }

    /** How an account stands where the list ends. */
    public Standing closing(long account) {
      return closing.getOrDefault(account, Standing.NONE);
    }
  }

  /**
   * The postings between two moments, both included.
   *
   * @param from empty for the accounts' first postings
   * @param to empty for all that there are by now
   */
  public Future<Span> span(
      TenantId tenant, List<Held> accounts, Optional<Instant> from, Optional<Instant> to) {
    List<Long> numbers = accounts.stream().map(Held::number).toList();
    Future<Map<Long, Standing>> opening =
        from.map(moment -> history.at(tenant, numbers, AccountHistory.before(moment)))
            .orElseGet(() -> Future.succeededFuture(Map.of()));
    Future<Map<Long, Standing>> closing =
        to.map(moment -> history.at(tenant, numbers, moment))
            .orElseGet(() -> Future.succeededFuture(now(accounts)));
    return opening.compose(first -> closing.map(last -> new Span(first, last)));
  }

  private static Map<Long, Standing> now(List<Held> accounts) {
    var standings = new HashMap<Long, Standing>();
    accounts.forEach(account -> standings.put(account.number(), account.standing()));
    return standings;
  }

  /**
   * The next postings of a span.
   *
   * @param before what each account held before the first of them, by account number
   */
  public record Stretch(List<Line> lines, Map<Long, Amount> before) {}

  /**
   * The next postings of a span.
   *
   * @param after the posting that the page before ended with
   */
  public Future<Stretch> oldestFirst(TenantId tenant, Span span, Optional<Place> after, int limit) {
    return passed(tenant, span, after, 0)
        .map(passed -> span.closing().keySet().stream().map(n -> next(span, n, passed, limit)))
        .compose(ranges -> history.lines(tenant, ranges.toList()))
        .map(lines -> new Stretch(first(lines, BY_PLACE, limit), before(span, lines)));
  }

  private static Range next(Span span, long account, Map<Long, Long> passed, int limit) {
    long above = Math.max(span.opening(account).sequence(), passed.getOrDefault(account, 0L));
    return new Range(account, above, Math.min(span.closing(account).sequence(), above + limit));
  }

  /** Where nothing comes any more, what is there at the end. */
  private static Map<Long, Amount> before(Span span, List<Line> lines) {
    var before = new HashMap<Long, Amount>();
    span.closing().forEach((account, standing) -> before.put(account, standing.balance()));
    lines.stream()
        .sorted(Comparator.comparing(Line::sequence).reversed())
        .forEach(line -> before.put(line.account(), line.balance().minus(line.amount())));
    return before;
  }

  private static List<Line> first(List<Line> lines, Comparator<Line> order, int limit) {
    return lines.stream().sorted(order).limit(limit).toList();
  }

  /** The same from the other end. */
  public Future<List<Line>> newestFirst(
      TenantId tenant, Span span, Optional<Place> after, int limit) {
    return passed(tenant, span, after, 1)
        .map(left -> span.closing().keySet().stream().map(n -> last(span, n, left, limit)))
        .compose(ranges -> history.lines(tenant, ranges.toList()))
        .map(lines -> first(lines, BY_PLACE.reversed(), limit));
  }

  private static Range last(Span span, long account, Map<Long, Long> left, int limit) {
    long upTo =
        Math.min(span.closing(account).sequence(), left.getOrDefault(account, Long.MAX_VALUE));
    return new Range(account, Math.max(span.opening(account).sequence(), upTo - limit), upTo);
  }

  /**
   * The last postings up to a place, by account number; empty where there is no place.
   *
   * @param less 1 when the posting at the place itself does not count
   */
  private Future<Map<Long, Long>> passed(
      TenantId tenant, Span span, Optional<Place> place, int less) {
    if (place.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    Place at = place.get();
    var numbers = span.closing().keySet();
    return Future.all(
            history.at(tenant, numbers.stream().filter(n -> n < at.account()).toList(), at.at()),
            history.at(
                tenant,
                numbers.stream().filter(n -> n > at.account()).toList(),
                AccountHistory.before(at.at())))
        .map(
            both -> {
              var passed = new HashMap<Long, Long>();
              List<Map<Long, Standing>> found = both.list();
              found.forEach(
                  map -> map.forEach((n, standing) -> passed.put(n, standing.sequence())));
              passed.put(at.account(), at.sequence() - less);
              return passed;
            });
  }
}
