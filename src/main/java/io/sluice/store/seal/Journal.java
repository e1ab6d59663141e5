package io.sluice.store.seal;

import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import io.sluice.store.Particulars;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tenant's transfers of all dialects in the order in which they were sealed, which only grows at
 * its end. A page costs what is on it.
 */
public final class Journal {
  private static final String BLOCKS =
      """
      SELECT first_position, ids, hashes FROM sealed_block
       WHERE tenant_id = $1 AND first_position <= $3
         AND first_position >= (SELECT first_position FROM sealed_block
                                 WHERE tenant_id = $1 AND first_position <= $2
                                 ORDER BY first_position DESC LIMIT 1)
       ORDER BY first_position
      """;

  private final Statements statements;

  public Journal(Pools pools) {
    statements = pools.lists();
  }

  /**
   * An entry of the books.
   *
   * @param position counted from 0
   * @param hash chained to that of the entry before
   */
  public record Line(long position, Hash hash, StoredTransfer transfer) {}

  /**
   * Entries one after the other.
   *
   * @param named who and what the lines name
   */
  public record Page(List<Line> lines, Particulars named) {}

  private record Place(UUID id, long position, Hash hash) {
    private static List<Place> all(Row row) {
      UUID[] ids = row.getArrayOfUUIDs("ids");
      Hash[] hashes = Hash.all(Head.bytes(row, "hashes"));
      long first = row.getLong("first_position");
      return IntStream.range(0, ids.length)
          .mapToObj(i -> new Place(ids[i], first + i, hashes[i]))
          .toList();
    }
  }

  /**
   * Reads on from a position, as far as the books are sealed.
   *
   * @param from 0 or more
   * @param limit 1 or more
   */
  public Future<Page> read(TenantId tenant, long from, int limit) {
    long last = Math.addExact(from, limit - 1);
    return statements
        .all(BLOCKS, Place::all, tenant.value(), from, last)
        .map(
            blocks ->
                blocks.stream()
                    .flatMap(List::stream)
                    .filter(place -> place.position() >= from && place.position() <= last)
                    .toList())
        .compose(places -> lines(tenant, places))
        .compose(lines -> page(tenant, lines));
  }

  private Future<List<Line>> lines(TenantId tenant, List<Place> places) {
    return PgTransferStore.findAll(statements, tenant, Rows.uuids(places, Place::id))
        .map(found -> by(found, transfer -> transfer.receipt().id().value()))
        .map(
            found ->
                places.stream()
                    .map(place -> new Line(place.position(), place.hash(), found.get(place.id())))
                    .toList());
  }

  private Future<Page> page(TenantId tenant, List<Line> lines) {
    return Particulars.of(statements, tenant, lines.stream().map(Line::transfer).toList())
        .map(named -> new Page(lines, named));
  }

  private static <K, V> Map<K, V> by(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
