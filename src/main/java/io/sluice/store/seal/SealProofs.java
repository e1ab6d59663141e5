package io.sluice.store.seal;

import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.seal.Hash;
import io.sluice.seal.Proof;
import io.sluice.seal.Receipt;
import io.sluice.seal.Subtree;
import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Heads, receipts and proofs, from what is stored of the tree. A few look-ups each. */
public final class SealProofs {
  private static final String HEAD =
      "SELECT " + Head.COLUMNS + " FROM sealed_head WHERE tenant_id = $1";

  private static final String ENTRY =
      "SELECT " + EntrySql.ENTRY + " AS entry FROM transfer t WHERE t.tenant_id = $1 AND t.id = $2";

  private static final String NODES =
      """
      SELECT n.level, n.place, n.hash
        FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS r (level, first, last)
       CROSS JOIN LATERAL (
         SELECT level, place, hash FROM sealed_node
          WHERE tenant_id = $1 AND level = r.level AND place BETWEEN r.first AND r.last) n
      """;

  private static final String ENTRIES =
      """
      SELECT b.first_position, b.hashes
        FROM unnest($2::bigint[], $3::bigint[]) AS r (first, last)
       CROSS JOIN LATERAL (
         SELECT first_position, hashes FROM sealed_block
          WHERE tenant_id = $1 AND first_position <= r.last
            AND first_position >= (SELECT first_position FROM sealed_block
                                    WHERE tenant_id = $1 AND first_position <= r.first
                                    ORDER BY first_position DESC LIMIT 1)) b
      """;

  private final Statements statements;
  private final SealedBooks books;

  public SealProofs(Pools pools, SealedBooks books) {
    this.statements = pools.lookUps();
    this.books = books;
  }

  /**
   * What commits to the first entries of a tenant's books.
   *
   * @param at when the latest of them was sealed; empty of books without any
   */
  public record TreeHead(long size, Hash root, Optional<Instant> at) {
    private static TreeHead of(Head head) {
      return new TreeHead(
          head.size(), head.root(), Optional.of(head.sealedAt()).filter(at -> head.size() > 0));
    }
  }

  /** The tenant's head as it is now. */
  public Future<TreeHead> head(TenantId tenant) {
    return statements
        .first(HEAD, Head::of, tenant.value())
        .map(found -> TreeHead.of(found.orElse(Head.NONE)));
  }

  /** A receipt for a transfer, sealed now if it is not yet; empty if there is none. */
  public Future<Optional<Receipt>> receipt(TenantId tenant, TransferId transfer) {
    return books
        .places(tenant, List.of(transfer.value()))
        .compose(
            places -> {
              SealedBooks.Place place = places.get(transfer.value());
              return place == null
                  ? Future.succeededFuture(Optional.empty())
                  : receipt(tenant, place).map(Optional::of);
            });
  }

  private Future<Receipt> receipt(TenantId tenant, SealedBooks.Place place) {
    return statements
        .first(ENTRY, row -> row.getString("entry"), tenant.value(), place.id())
        .compose(
            entry ->
                head(tenant)
                    .compose(
                        head ->
                            hashes(tenant, Proof.ofInclusion(place.position(), head.size()))
                                .map(path -> receipt(entry.orElse(""), place, path, head))));
  }

  private static Receipt receipt(
      String entry, SealedBooks.Place place, List<Hash> path, TreeHead head) {
    return new Receipt(
        entry, place.position(), place.before(), place.hash(), path, head.size(), head.root());
  }

  /**
   * What proves that a tenant's tree has grown out of a smaller one.
   *
   * @param smaller from 1 to {@code size}
   * @param size at most as many as there are entries
   */
  public Future<List<Hash>> consistency(TenantId tenant, long smaller, long size) {
    return hashes(tenant, Proof.ofConsistency(smaller, size));
  }

  /** The root that the tree had when it had so many entries, 1 or more. */
  public Future<Hash> root(TenantId tenant, long size) {
    return hashes(tenant, List.of(new Proof.Range(0, size))).map(List::getFirst);
  }

  private Future<List<Hash>> hashes(TenantId tenant, List<Proof.Range> ranges) {
    List<Subtree> wanted =
        ranges.stream().flatMap(range -> range.subtrees().stream()).distinct().toList();
    return subtrees(tenant, wanted)
        .map(found -> ranges.stream().map(range -> range.hash(found::get)).toList());
  }

  private Future<Map<Subtree, Hash>> subtrees(TenantId tenant, Collection<Subtree> wanted) {
    List<Subtree> small = wanted.stream().filter(tree -> level(tree) == 0).toList();
    List<Subtree> large = wanted.stream().filter(tree -> level(tree) > 0).toList();
    var hashes = new HashMap<Subtree, Hash>();
    return Future.all(entries(tenant, small, hashes), nodes(tenant, large, hashes))
        .map(
            read -> {
              var found = new HashMap<Subtree, Hash>();
              wanted.forEach(tree -> found.put(tree, fold(tree, hashes)));
              return found;
            });
  }

  private static int level(Subtree tree) {
    return tree.height() / Blocks.HEIGHTS_A_LEVEL;
  }

  /** The subtrees of the height that is stored, which a subtree consists of: the first of them. */
  private static long firstPart(Subtree tree) {
    return tree.place() << tree.height() % Blocks.HEIGHTS_A_LEVEL;
  }

  private static long lastPart(Subtree tree) {
    return firstPart(tree) + (1L << tree.height() % Blocks.HEIGHTS_A_LEVEL) - 1;
  }

  private static Hash fold(Subtree tree, Map<Subtree, Hash> hashes) {
    int height = level(tree) * Blocks.HEIGHTS_A_LEVEL;
    var row = new ArrayList<Hash>();
    for (long place = firstPart(tree); place <= lastPart(tree); place++) {
      Hash hash = hashes.get(new Subtree(height, place));
      if (hash == null) {
        throw new IllegalStateException("a part of sealed books is missing; verify names it");
      }
      row.add(hash);
    }
    while (row.size() > 1) {
      var above = new ArrayList<Hash>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(Hash.ofNode(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }

  private Future<?> nodes(TenantId tenant, List<Subtree> wanted, Map<Subtree, Hash> hashes) {
    if (wanted.isEmpty()) {
      return Future.succeededFuture();
    }
    return statements
        .all(
            NODES,
            SealProofs::node,
            tenant.value(),
            wanted.stream().map(tree -> (short) level(tree)).toArray(Short[]::new),
            wanted.stream().map(SealProofs::firstPart).toArray(Long[]::new),
            wanted.stream().map(SealProofs::lastPart).toArray(Long[]::new))
        .onSuccess(found -> found.forEach(node -> hashes.put(node.getKey(), node.getValue())));
  }

  private static Map.Entry<Subtree, Hash> node(Row row) {
    var tree = new Subtree(row.getShort("level") * Blocks.HEIGHTS_A_LEVEL, row.getLong("place"));
    return Map.entry(tree, Hash.of(Head.bytes(row, "hash")));
  }

  private Future<?> entries(TenantId tenant, List<Subtree> wanted, Map<Subtree, Hash> hashes) {
    if (wanted.isEmpty()) {
      return Future.succeededFuture();
    }
    return statements.all(
        ENTRIES,
        row -> leaves(row, hashes),
        tenant.value(),
        wanted.stream().map(SealProofs::firstPart).toArray(Long[]::new),
        wanted.stream().map(SealProofs::lastPart).toArray(Long[]::new));
  }

  private static boolean leaves(Row row, Map<Subtree, Hash> hashes) {
    long position = row.getLong("first_position");
    for (Hash entry : Hash.all(Head.bytes(row, "hashes"))) {
      hashes.put(new Subtree(0, position++), Hash.ofLeaf(entry));
    }
    return true;
  }
}
