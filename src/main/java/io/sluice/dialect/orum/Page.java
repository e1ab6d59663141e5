package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Wanted;
import io.sluice.store.AccountHistory;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Which page of a list.
 *
 * @param index the page's number from 0; the provider's text calls it a starting point, its
 *     examples count pages
 * @param size the most that a page holds, 0 included
 */
record Page(int index, int size) {
  static final int DEFAULT_SIZE = 100;

  private static final Wanted<Integer> INDEX = new Index();
  private static final Wanted<BigInteger> SIZE = Wanted.Whole.of(0, Names.MAX_PAGE_SIZE);

  static Page of(Parameters query) {
    return new Page(
        query.query("index", INDEX).orElse(0),
        query.query("size", SIZE).map(BigInteger::intValueExact).orElse(DEFAULT_SIZE));
  }

  /** The number of a page, without a limit; none holds so much that one beyond an int has any. */
  private record Index() implements Wanted.Own<Integer> {
    private static final int MAX_DIGITS = 18;

    @Override
    public Optional<Integer> read(JsonNode node) {
      String digits = node.textValue();
      if (!digits.matches("[0-9]+")) {
        return Optional.empty();
      }
      long number = digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
      return Optional.of((int) Math.min(number, Integer.MAX_VALUE));
    }

    @Override
    public Integer standIn() {
      return 0;
    }
  }

  /** How many rows come before the page. */
  long offset() {
    return (long) index * size;
  }

  /** Whether no list can have anything on this page, so that nobody needs to look. */
  boolean isEmpty() {
    return size == 0 || offset() > Integer.MAX_VALUE;
  }

  /** Which of an account's postings are on this page of all of them, newest first. */
  List<AccountHistory.Range> ofPostings(AccountHistory.Held account) {
    long last = account.standing().sequence() - Math.min(offset(), account.standing().sequence());
    return List.of(new AccountHistory.Range(account.number(), Math.max(0, last - size), last));
  }

  /** This page of a list that is at hand. */
  <T> List<T> of(List<T> all) {
    return all.stream().skip(offset()).limit(size).toList();
  }
}
