package io.sluice.store.seal;

import io.sluice.seal.Frontier;
import io.sluice.seal.Hash;
import io.sluice.store.Rows;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * How far a tenant's books are sealed.
 *
 * @param sealedTo the highest id that was sealed in the order of ids
 * @param lookedTo how far it was looked for late ones once more
 */
record Head(
    long size,
    long blocks,
    Instant sealedAt,
    UUID sealedTo,
    UUID lookedTo,
    Hash lastHash,
    byte[] peaks) {
  static final String COLUMNS = "size, blocks, sealed_at, sealed_to, looked_to, last_hash, peaks";

  /** Of books that nobody has sealed yet. */
  static final Head NONE =
      new Head(0, 0, Instant.EPOCH, IdRange.NONE, IdRange.NONE, Hash.ZERO, new byte[0]);

  static Head of(Row row) {
    return new Head(
        row.getLong("size"),
        row.getLong("blocks"),
        Rows.instant(row, "sealed_at"),
        row.getUUID("sealed_to"),
        row.getUUID("looked_to"),
        Hash.of(bytes(row, "last_hash")),
        bytes(row, "peaks"));
  }

  static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }

  Buffer lastHashBuffer() {
    return Buffer.buffer(lastHash.toBytes());
  }

  Hash root() {
    return new Frontier(size, peaks, (subtree, hash) -> {}).root();
  }
}
