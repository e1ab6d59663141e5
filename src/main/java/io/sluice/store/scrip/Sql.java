package io.sluice.store.scrip;

import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Runs this package's statements. Every failure comes as a {@link StoreException}. */
final class Sql {
  private Sql() {}

  static Future<RowSet<Row>> run(SqlClient client, String sql, Object... parameters) {
    return failing(client.preparedQuery(sql).execute(Tuple.wrap(parameters)));
  }

  static <T> Future<List<T>> all(
      SqlClient client, String sql, Function<Row, T> mapper, Object... parameters) {
    return run(client, sql, parameters).map(rows -> all(rows, mapper));
  }

  /** The same future, its failure as the type that all stores fail with. */
  static <T> Future<T> failing(Future<T> future) {
    return future.recover(failure -> Future.failedFuture(StoreException.of(failure)));
  }

  static <T> List<T> all(RowSet<Row> rows, Function<Row, T> mapper) {
    var result = new ArrayList<T>(rows.size());
    rows.forEach(row -> result.add(mapper.apply(row)));
    return List.copyOf(result);
  }

  /** A time as a parameter; what is finer than a microsecond is cut off. */
  static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static <T> UUID[] uuids(Collection<T> ids, Function<T, UUID> value) {
    return ids.stream().map(value).toArray(UUID[]::new);
  }
}
