package io.sluice.store;

import io.sluice.ledger.Amount;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The parameters of a statement that writes many rows: an array for each column of them. What a
 * function answers with null is NULL.
 *
 * @param isShort whether amounts are sent as integers of 64 bits, which all of them must fit then,
 *     or else by their digits
 */
record Columns(Tuple parameters, boolean isShort) {
  Columns(boolean isShort, Object... first) {
    this(Tuple.from(first), isShort);
  }

  static boolean isShort(Amount amount) {
    return amount.units().bitLength() < Long.SIZE;
  }

  <T> Columns uuids(List<T> rows, Function<T, UUID> field) {
    return add(rows, UUID[]::new, field);
  }

  <T> Columns longs(List<T> rows, Function<T, Long> field) {
    return add(rows, Long[]::new, field);
  }

  <T> Columns numbers(List<T> rows, Function<T, Integer> field) {
    return add(rows, Integer[]::new, field);
  }

  <T> Columns codes(List<T> rows, Function<T, Integer> field) {
    return add(rows, Short[]::new, row -> field.apply(row).shortValue());
  }

  <T> Columns flags(List<T> rows, Function<T, Boolean> field) {
    return add(rows, Boolean[]::new, field);
  }

  <T> Columns texts(List<T> rows, Function<T, String> field) {
    return add(rows, String[]::new, field);
  }

  <T> Columns dates(List<T> rows, Function<T, LocalDate> field) {
    return add(rows, LocalDate[]::new, field);
  }

  <T> Columns times(List<T> rows, Function<T, Instant> field) {
    return add(
        rows,
        OffsetDateTime[]::new,
        row -> {
          Instant time = field.apply(row);
          return time == null ? null : BooksReader.utc(time);
        });
  }

  /** Adds how many rows there are. */
  Columns count(List<?> rows) {
    parameters.addLong((long) rows.size());
    return this;
  }

  <T> Columns amounts(List<T> rows, Function<T, Amount> field) {
    return isShort
        ? longs(rows, row -> units(field.apply(row)))
        : texts(rows, row -> digits(field.apply(row)));
  }

  private static Long units(Amount amount) {
    return amount == null ? null : amount.units().longValue();
  }

  private static String digits(Amount amount) {
    return amount == null ? null : amount.toString();
  }

  private <T, V> Columns add(List<T> rows, IntFunction<V[]> array, Function<T, V> field) {
    V[] values = array.apply(rows.size());
    for (int i = 0; i < values.length; i++) {
      values[i] = field.apply(rows.get(i));
    }
    parameters.addValue(values);
    return this;
  }
}
