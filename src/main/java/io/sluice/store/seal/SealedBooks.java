package io.sluice.store.seal;

import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.seal.Hash;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.SealedEntries;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sealed books as they are read. */
public final class SealedBooks implements SealedEntries {
  /** An entry's block is the first whose ids go as far, unless it came late. */
  private static final String FIND =
      """
      SELECT b.id, b.first_position + b.place - 1 AS position,
             substring(b.hashes FROM 32 * (b.place - 1) + 1 FOR 32) AS hash,
             CASE WHEN b.place = 1 THEN b.previous
                  ELSE substring(b.hashes FROM 32 * (b.place - 2) + 1 FOR 32) END AS before
        FROM (SELECT wanted.id, found.first_position, found.previous, found.hashes,
                     array_position(found.ids, wanted.id) AS place
                FROM unnest($2::uuid[]) AS wanted (id)
               CROSS JOIN LATERAL (
                 SELECT * FROM sealed_block
                  WHERE tenant_id = $1 AND late = false AND highest >= wanted.id
                  ORDER BY highest LIMIT 1) found
              UNION ALL
              SELECT wanted.id, found.first_position, found.previous, found.hashes,
                     array_position(found.ids, wanted.id)
                FROM unnest($2::uuid[]) AS wanted (id)
               CROSS JOIN LATERAL (
                 SELECT * FROM sealed_block
                  WHERE tenant_id = $1 AND late = true AND highest >= wanted.id
                    AND lowest <= wanted.id) found) b
       WHERE b.place IS NOT NULL
      """;

  private final Statements statements;
  private final Sealer sealer;

  public SealedBooks(Pools pools, Sealer sealer) {
    this.statements = pools.lookUps();
    this.sealer = sealer;
  }

  /**
   * Where an entry is.
   *
   * @param position counted from 0
   * @param before the hash of the entry before
   */
  record Place(UUID id, long position, Hash hash, Hash before) {
    static Place of(Row row) {
      return new Place(
          row.getUUID("id"),
          row.getLong("position"),
          Hash.of(Head.bytes(row, "hash")),
          Hash.of(Head.bytes(row, "before")));
    }
  }

  @Override
  public Future<Map<TransferId, String>> hashes(TenantId tenant, Collection<TransferId> transfers) {
    return places(tenant, List.of(Rows.uuids(transfers, TransferId::value)))
        .map(
            places -> {
              var hashes = new HashMap<TransferId, String>();
              places.forEach((id, place) -> hashes.put(new TransferId(id), place.hash().toHex()));
              return hashes;
            });
  }

  /** Where entries are, sealed now if they are not yet. */
  Future<Map<UUID, Place>> places(TenantId tenant, Collection<UUID> ids) {
    return find(tenant, ids)
        .compose(
            found -> {
              List<UUID> missing = ids.stream().filter(id -> !found.containsKey(id)).toList();
              return missing.isEmpty()
                  ? Future.succeededFuture(found)
                  : sealer.seal(tenant, missing).compose(done -> find(tenant, ids));
            });
  }

  private Future<Map<UUID, Place>> find(TenantId tenant, Collection<UUID> ids) {
    return statements
        .all(FIND, Place::of, tenant.value(), ids.toArray(UUID[]::new))
        .map(
            places -> {
              var found = new HashMap<UUID, Place>();
              places.forEach(place -> found.put(place.id(), place));
              return found;
            });
  }
}
