package io.sluice.store.seal;

import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.seal.Blocks.Entry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Adds entries to sealed books. Who adds has locked the tenant's head, so of several gateways one
 * does; and a block has a number that no other can have.
 */
final class SealStore {
  /** Entries that one transaction adds in the order of ids at most. */
  static final int MAX_ENTRIES = 4 * Blocks.MAX_ENTRIES;

  private static final int READ_AT_ONCE = 256;

  private static final String HEAD =
      "SELECT " + Head.COLUMNS + " FROM sealed_head WHERE tenant_id = $1";

  private static final String BEGIN =
      "INSERT INTO sealed_head (tenant_id, sealed_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

  private static final String ENTRIES =
      "SELECT t.id, " + EntrySql.CONTENT + " AS content FROM transfer t WHERE t.tenant_id = $1";

  private static final String FOLLOWING =
      "SELECT id FROM transfer WHERE tenant_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT "
          + MAX_ENTRIES;

  private static final String NAMED = ENTRIES + " AND t.id = ANY($2::uuid[]) ORDER BY t.id";

  private static final String IDS =
      "SELECT id FROM transfer WHERE tenant_id = $1 AND id >= $2 AND id <= $3 ORDER BY id LIMIT "
          + MAX_ENTRIES;

  /** Blocks in the order of ids do not overlap: those up to the first that goes further. */
  private static final String SEALED_IDS =
      """
      SELECT ids FROM sealed_block
       WHERE tenant_id = $1 AND late = false AND highest >= $2
         AND highest <= coalesce((SELECT highest FROM sealed_block
                                   WHERE tenant_id = $1 AND late = false AND highest >= $3
                                   ORDER BY highest LIMIT 1),
                                 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      UNION ALL
      SELECT ids FROM sealed_block
       WHERE tenant_id = $1 AND late = true AND highest >= $2 AND lowest <= $3
      """;

  private static final String WAITS =
      """
      SELECT EXISTS (SELECT FROM transfer
                      WHERE tenant_id = $1 AND id < $2
                        AND id > coalesce((SELECT sealed_to FROM sealed_head WHERE tenant_id = $1),
                                          '00000000-0000-0000-0000-000000000000')) AS waits
      """;

  private static final String ADD_BLOCK =
      "INSERT INTO sealed_block (tenant_id, number, first_position, late, sealed_at, lowest,"
          + " highest, previous, ids, hashes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

  private static final String ADD_NODE =
      "INSERT INTO sealed_node (tenant_id, level, place, hash) VALUES ($1, $2, $3, $4)";

  private static final String SET_HEAD =
      """
      UPDATE sealed_head
         SET size = $2, blocks = $3, sealed_at = $4, sealed_to = $5, looked_to = $6, last_hash = $7,
             peaks = $8
       WHERE tenant_id = $1
      """;

  private static final String LOOK =
      "UPDATE sealed_head SET looked_to = greatest(looked_to, $2) WHERE tenant_id = $1";

  /**
   * What was added.
   *
   * @param head after it
   * @param late how many of them came out of the order of ids
   * @param entries all of them
   * @param more whether there may be more in the order of ids
   */
  record Added(Head head, int late, int entries, boolean more) {}

  /**
   * What a look for late ones came to.
   *
   * @param missing ids of transfers that are not sealed
   * @param reached how far it came; the whole range if it is the range's highest id
   */
  record Look(List<UUID> missing, UUID reached) {}

  private final Vertx vertx;
  private final Statements statements;
  private final Clock clock;
  private final Contents contents;

  /**
   * @param contents of what this process wrote; used on the event loop that calls
   */
  SealStore(Vertx vertx, Statements statements, Clock clock, Contents contents) {
    this.vertx = vertx;
    this.contents = contents;
    this.statements = statements;
    this.clock = clock;
  }

  Future<Head> head(TenantId tenant) {
    return statements.first(HEAD, Head::of, tenant.value()).map(found -> found.orElse(Head.NONE));
  }

  /** Whether transfers below a horizon follow what is sealed. */
  Future<Boolean> waiting(TenantId tenant, UUID horizon) {
    return statements
        .first(WAITS, row -> row.getBoolean("waits"), tenant.value(), horizon)
        .map(Optional::orElseThrow);
  }

  /** Looks which transfers of a range are not sealed; a part of the range if it is long. */
  Future<Look> look(TenantId tenant, IdRange range) {
    return statements
        .all(IDS, row -> row.getUUID("id"), tenant.value(), range.lowest(), range.highest())
        .compose(
            ids -> {
              boolean whole = ids.size() < MAX_ENTRIES;
              UUID reached = whole ? range.highest() : ids.getLast();
              return unsealed(statements, tenant, ids).map(missing -> new Look(missing, reached));
            });
  }

  private static Future<List<UUID>> unsealed(
      Statements statements, TenantId tenant, List<UUID> inOrder) {
    if (inOrder.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return statements
        .all(
            SEALED_IDS,
            row -> row.getArrayOfUUIDs("ids"),
            tenant.value(),
            inOrder.getFirst(),
            inOrder.getLast())
        .map(blocks -> without(inOrder, blocks));
  }

  private static List<UUID> without(List<UUID> ids, Collection<UUID[]> blocks) {
    Set<UUID> known = new HashSet<>();
    blocks.forEach(block -> known.addAll(List.of(block)));
    return ids.stream().filter(id -> !known.contains(id)).toList();
  }

  /** Notes that the transfers up to an id have been looked for late ones. */
  Future<Void> looked(TenantId tenant, UUID to) {
    return statements.run(LOOK, tenant.value(), to).mapEmpty();
  }

  /**
   * Adds entries.
   *
   * @param late ids that may come out of the order of ids: those that are not sealed yet are
   * @param horizon up to but not including which all follow in the order of ids
   */
  Future<Added> add(TenantId tenant, Collection<UUID> late, UUID horizon) {
    return statements.inTransaction(
        tenant, connection -> new Adding(connection, tenant, late, horizon).run());
  }

  /** One transaction. */
  private final class Adding {
    private final SqlConnection connection;
    private final TenantId tenant;
    private final Collection<UUID> late;
    private final UUID horizon;
    private Head head = Head.NONE;

    Adding(SqlConnection connection, TenantId tenant, Collection<UUID> late, UUID horizon) {
      this.connection = connection;
      this.tenant = tenant;
      this.late = late;
      this.horizon = horizon;
    }

    Future<Added> run() {
      return lock()
          .compose(
              locked -> {
                head = locked;
                return lateEntries();
              })
          .compose(before -> regularEntries().compose(regular -> add(before, regular)));
    }

    private Future<Head> lock() {
      return tryLock()
          .compose(
              found ->
                  found.isPresent()
                      ? Future.succeededFuture(found)
                      : Statements.on(connection, BEGIN, tenant.value(), Rows.time(clock.instant()))
                          .compose(begun -> tryLock()))
          .map(Optional::orElseThrow);
    }

    private Future<Optional<Head>> tryLock() {
      return Statements.on(connection, HEAD + " FOR UPDATE", tenant.value())
          .map(rows -> Rows.first(rows, Head::of));
    }

    /** What is above what was sealed in the order of ids will follow in that order. */
    private Future<List<Entry>> lateEntries() {
      List<UUID> ids =
          late.stream()
              .filter(id -> !IdRange.isAfter(id, head.sealedTo()))
              .sorted(io.sluice.store.IndexOrder.OF_UUIDS)
              .toList();
      if (ids.isEmpty()) {
        return Future.succeededFuture(List.of());
      }
      return query(
              SEALED_IDS,
              row -> row.getArrayOfUUIDs("ids"),
              tenant.value(),
              ids.getFirst(),
              ids.getLast())
          .compose(blocks -> read(without(ids, blocks)));
    }

    private Future<List<Entry>> regularEntries() {
      return query(FOLLOWING, row -> row.getUUID("id"), tenant.value(), head.sealedTo(), horizon)
          .compose(this::entries);
    }

    /** Of transfers that there are; what this process knows of them need not be read. */
    private Future<List<Entry>> entries(List<UUID> inOrder) {
      List<UUID> unknown = new ArrayList<>(0);
      Map<UUID, Hash> known = HashMap.newHashMap(inOrder.size());
      for (UUID id : inOrder) {
        contents.take(id).ifPresentOrElse(hash -> known.put(id, hash), () -> unknown.add(id));
      }
      return read(unknown)
          .map(
              read -> {
                read.forEach(entry -> known.put(entry.id(), entry.content()));
                return inOrder.stream().map(id -> new Entry(id, known.get(id))).toList();
              });
    }

    /** Entries may have hundreds of postings: each statement reads some of them, to end in time. */
    private Future<List<Entry>> read(List<UUID> ids) {
      Future<List<Entry>> all = Future.succeededFuture(new ArrayList<>());
      for (int from = 0; from < ids.size(); from += READ_AT_ONCE) {
        int to = Math.min(from + READ_AT_ONCE, ids.size());
        UUID[] some = ids.subList(from, to).toArray(UUID[]::new);
        all = all.compose(before -> readAfter(before, some));
      }
      return all;
    }

    private Future<List<Entry>> readAfter(List<Entry> before, UUID[] ids) {
      return query(NAMED, SealStore::entry, tenant.value(), ids)
          .map(
              more -> {
                before.addAll(more);
                return before;
              });
    }

    private Future<Added> add(List<Entry> before, List<Entry> regular) {
      boolean more = regular.size() == MAX_ENTRIES;
      int entries = before.size() + regular.size();
      if (entries == 0) {
        return Future.succeededFuture(new Added(head, 0, 0, false));
      }
      UUID sealedTo = regular.isEmpty() ? head.sealedTo() : regular.getLast().id();
      return vertx
          .executeBlocking(
              () -> Blocks.after(head, tenant.value(), clock.instant(), before, regular), false)
          .compose(
              blocks -> {
                Head next = blocks.head(sealedTo, head.lookedTo());
                return write(blocks, next).map(new Added(next, before.size(), entries, more));
              });
    }

    private Future<Void> write(Blocks blocks, Head next) {
      var written = new ArrayList<Future<?>>();
      written.add(connection.preparedQuery(ADD_BLOCK).executeBatch(blocks.blocks()));
      if (!blocks.nodes().isEmpty()) {
        written.add(connection.preparedQuery(ADD_NODE).executeBatch(blocks.nodes()));
      }
      written.add(
          connection
              .preparedQuery(SET_HEAD)
              .execute(
                  Tuple.of(
                      tenant.value(),
                      next.size(),
                      next.blocks(),
                      Rows.time(next.sealedAt()),
                      next.sealedTo(),
                      next.lookedTo(),
                      next.lastHashBuffer(),
                      Buffer.buffer(next.peaks()))));
      return Future.join(written).mapEmpty();
    }

    private <T> Future<List<T>> query(
        String sql, java.util.function.Function<Row, T> mapper, Object... parameters) {
      return Statements.on(connection, sql, parameters).map(rows -> Rows.all(rows, mapper));
    }
  }

  private static Entry entry(Row row) {
    return new Entry(row.getUUID("id"), Hash.of(Head.bytes(row, "content")));
  }
}
