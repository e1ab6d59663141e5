package io.sluice.store;

import io.sluice.seal.Frontier;
import io.sluice.seal.Hash;
import io.sluice.seal.Subtree;
import io.sluice.store.Verifier.Finding;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of one tenant's sealed books anew out of the hashes of its entries, and compares
 * what is kept of it: what proofs are made of. A few blocks at a time, so that no books are too
 * large for memory.
 */
final class SealedTree {
  private static final int BLOCKS_AT_ONCE = 64;
  private static final int HEIGHTS_A_LEVEL = 8;

  private static final String HASHES =
      "SELECT hashes FROM sealed_block WHERE tenant_id = %d AND number >= %d ORDER BY number LIMIT "
          + BLOCKS_AT_ONCE;

  private static final String NODES =
      "SELECT place, hash FROM sealed_node WHERE tenant_id = %d AND level = %d AND place >= %d"
          + " AND place <= %d";

  private static final String PEAKS = "SELECT peaks FROM sealed_head WHERE tenant_id = %d";

  private final SnapshotSession session;
  private final int tenant;
  private final Map<Subtree, Hash> made = new HashMap<>();
  private final Frontier frontier = new Frontier(0, new byte[0], this::keep);
  private final List<String> wrong = new ArrayList<>(Verifier.MAX_EXAMPLES);
  private long violations;

  private SealedTree(SnapshotSession session, int tenant) {
    this.session = session;
    this.tenant = tenant;
  }

  /** What does not fit; blocks. */
  static List<Finding> check(SnapshotSession session, int tenant) throws SQLException {
    var tree = new SealedTree(session, tenant);
    tree.build();
    tree.comparePeaks();
    return tree.violations == 0
        ? List.of()
        : List.of(new Finding(tenant, Invariant.SEALED_TREE, tree.violations, tree.wrong));
  }

  private void keep(Subtree subtree, Hash hash) {
    if (subtree.height() > 0 && subtree.height() % HEIGHTS_A_LEVEL == 0) {
      made.put(subtree, hash);
    }
  }

  private void build() throws SQLException {
    long number = 0;
    List<byte[]> blocks;
    do {
      blocks = session.query(HASHES.formatted(tenant, number), row -> row.getBytes(1));
      for (byte[] block : blocks) {
        for (Hash entry : Hash.all(block)) {
          frontier.add(entry);
        }
      }
      compareNodes();
      number += blocks.size();
    } while (blocks.size() == BLOCKS_AT_ONCE);
  }

  private void compareNodes() throws SQLException {
    int highest = made.keySet().stream().mapToInt(Subtree::height).max().orElse(0);
    for (int height = HEIGHTS_A_LEVEL; height <= highest; height += HEIGHTS_A_LEVEL) {
      compareNodes(height);
    }
    made.clear();
  }

  private void compareNodes(int height) throws SQLException {
    long[] places =
        made.keySet().stream()
            .filter(tree -> tree.height() == height)
            .mapToLong(Subtree::place)
            .sorted()
            .toArray();
    if (places.length == 0) {
      return;
    }
    var stored = new HashMap<Long, Hash>();
    session.query(
        NODES.formatted(tenant, height / HEIGHTS_A_LEVEL, places[0], places[places.length - 1]),
        row -> stored.put(row.getLong(1), Hash.of(row.getBytes(2))));
    for (long place : places) {
      if (!made.get(new Subtree(height, place)).equals(stored.get(place))) {
        tell("node %d of level %d".formatted(place, height / HEIGHTS_A_LEVEL));
      }
    }
  }

  private void comparePeaks() throws SQLException {
    List<byte[]> peaks = session.query(PEAKS.formatted(tenant), row -> row.getBytes(1));
    boolean same =
        peaks.isEmpty()
            ? frontier.size() == 0
            : Arrays.equals(peaks.getFirst(), frontier.toBytes());
    if (!same) {
      tell("the head, whose root should be " + frontier.root());
    }
  }

  private void tell(String what) {
    violations++;
    if (wrong.size() < Verifier.MAX_EXAMPLES) {
      wrong.add(what + " is not that of the entries");
    }
  }
}
