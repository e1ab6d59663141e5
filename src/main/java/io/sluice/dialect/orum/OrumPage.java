package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Values;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which page of a list.
 *
 * @param index the page's number from 0; the provider's text calls it a starting point, its
 *     examples count pages
 * @param size the most that a page holds, 0 included
 */
record OrumPage(int index, int size) {
  static final int DEFAULT_SIZE = 100;
  static final int MAX_SIZE = 500;

  static OrumPage of(MultiMap query) {
    return new OrumPage(
        parameter(query, "index", 0, Integer.MAX_VALUE, OrumErrors::invalidIndex),
        parameter(query, "size", DEFAULT_SIZE, MAX_SIZE, OrumErrors::invalidSize));
  }

  /** How many rows come before the page. */
  long offset() {
    return (long) index * size;
  }

  /** Whether no list can have anything on this page, so that nobody needs to look. */
  boolean isEmpty() {
    return size == 0 || offset() > Integer.MAX_VALUE;
  }

  /** This page of a list that is at hand. */
  <T> List<T> of(List<T> all) {
    return all.stream().skip(offset()).limit(size).toList();
  }

  private static int parameter(
      MultiMap query, String name, int byDefault, int max, Supplier<Answer> invalid) {
    String text = query.get(name);
    if (text == null) {
      return byDefault;
    }
    return Values.parameter(text)
        .filter(value -> value >= 0 && value <= max)
        .orElseThrow(() -> new ApiException(invalid.get()));
  }
}
