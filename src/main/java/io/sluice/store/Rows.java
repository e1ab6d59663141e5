package io.sluice.store;

import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** How the ledger's values look in rows and parameters. Exact both ways. */
public final class Rows {
  private static final Bucket[] BUCKETS = Bucket.values();

  private Rows() {}

  public static Numeric numeric(Amount amount) {
    return Numeric.create(amount.units());
  }

  public static Amount amount(Row row, String column) {
    return amount(row.getNumeric(column));
  }

  /**
   * The amount of a database number.
   *
   * @throws ArithmeticException when the number is no whole number of at most 38 digits
   */
  public static Amount amount(Numeric number) {
    return new Amount(number.bigDecimalValue().toBigIntegerExact());
  }

  /** A time as a parameter; what is finer than a microsecond is cut off. */
  public static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  public static Optional<Instant> optionalInstant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  public static <T> Optional<T> optionalId(Row row, String column, Function<UUID, T> type) {
    return Optional.ofNullable(row.getUUID(column)).map(type);
  }

  public static Bucket bucket(Row row) {
    return BUCKETS[row.getShort("bucket")];
  }

  public static HolderId holder(Row row) {
    return new HolderId(row.getUUID("holder_id"));
  }

  public static <T> UUID[] uuids(Collection<T> ids, Function<T, UUID> value) {
    return ids.stream().map(value).toArray(UUID[]::new);
  }

  public static <T> Optional<T> first(Iterable<Row> rows, Function<Row, T> mapper) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(mapper.apply(iterator.next())) : Optional.empty();
  }

  public static <T> List<T> all(Iterable<Row> rows, Function<Row, T> mapper) {
    var result = new ArrayList<T>();
    rows.forEach(row -> result.add(mapper.apply(row)));
    return List.copyOf(result);
  }

  /**
   * Whether PostgreSQL can store a text. It knows no NUL, and a lone surrogate would turn into a
   * question mark on the way. Nothing stored is ever equal to a text that fails this.
   */
  public static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
