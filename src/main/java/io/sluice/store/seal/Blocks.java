package io.sluice.store.seal;

import io.sluice.seal.Frontier;
import io.sluice.seal.Hash;
import io.sluice.seal.Subtree;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The blocks and nodes that entries make after a head, and the head after them. Pure reckoning. */
final class Blocks {
  /** As the schema's check has it. */
  static final int MAX_ENTRIES = 1_024;

  /** So many heights of the tree are one level of what is stored of it. */
  static final int HEIGHTS_A_LEVEL = 8;

  /** A transfer, and the hash of what is stored of it. */
  record Entry(UUID id, Hash content) {}

  private final int tenant;
  private final Instant now;
  private final Frontier frontier;
  private final List<Tuple> blocks = new ArrayList<>();
  private final List<Tuple> nodes = new ArrayList<>();
  private final long firstBlock;
  private Hash last;

  private Blocks(int tenant, Head head, Instant now) {
    this.tenant = tenant;
    this.now = now;
    this.frontier = new Frontier(head.size(), head.peaks(), this::keep);
    this.firstBlock = head.blocks();
    this.last = head.lastHash();
  }

  /**
   * Seals entries after others.
   *
   * @param late that come out of the order of ids, in this order
   * @param regular those that follow what was sealed, in this order
   */
  static Blocks after(Head head, int tenant, Instant now, List<Entry> late, List<Entry> regular) {
    var blocks = new Blocks(tenant, head, now);
    blocks.add(late, true);
    blocks.add(regular, false);
    return blocks;
  }

  /** What goes into {@code sealed_block}. */
  List<Tuple> blocks() {
    return blocks;
  }

  /** What goes into {@code sealed_node}. */
  List<Tuple> nodes() {
    return nodes;
  }

  Head head(UUID sealedTo, UUID lookedTo) {
    return new Head(
        frontier.size(),
        firstBlock + blocks.size(),
        now,
        sealedTo,
        lookedTo,
        last,
        frontier.toBytes());
  }

  private void add(List<Entry> entries, boolean late) {
    for (int from = 0; from < entries.size(); from += MAX_ENTRIES) {
      addBlock(entries.subList(from, Math.min(from + MAX_ENTRIES, entries.size())), late);
    }
  }

  private void addBlock(List<Entry> entries, boolean late) {
    long position = frontier.size();
    Hash previous = last;
    ByteBuffer hashes = ByteBuffer.allocate(entries.size() * Hash.BYTES);
    for (Entry entry : entries) {
      last = Hash.ofEntry(last, entry.content());
      last.writeTo(hashes);
      frontier.add(last);
    }
    blocks.add(
        Tuple.of(
            tenant,
            firstBlock + blocks.size(),
            position,
            late,
            now.atOffset(ZoneOffset.UTC),
            entries.getFirst().id(),
            entries.getLast().id(),
            Buffer.buffer(previous.toBytes()),
            entries.stream().map(Entry::id).toArray(UUID[]::new),
            Buffer.buffer(hashes.array())));
  }

  private void keep(Subtree subtree, Hash hash) {
    if (subtree.height() > 0 && subtree.height() % HEIGHTS_A_LEVEL == 0) {
      nodes.add(
          Tuple.of(
              tenant,
              (short) (subtree.height() / HEIGHTS_A_LEVEL),
              subtree.place(),
              Buffer.buffer(hash.toBytes())));
    }
  }
}
