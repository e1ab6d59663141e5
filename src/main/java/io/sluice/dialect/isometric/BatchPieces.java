package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Pieces;
import io.sluice.ledger.LotId;
import io.sluice.store.isometric.Batch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The batches of one movement, of which there may be tens of thousands, and no pages: the list is
 * written while it is sent, and what is in memory does not grow with it.
 */
final class BatchPieces implements Pieces {
  /** Batches that are in memory at a time. */
  static final int BATCHES = 500;

  private final List<LotId> ids;
  private final Function<List<LotId>, Future<List<Batch>>> read;
  private final BatchDetail detail;
  private int written;
  private boolean over;

  /**
   * @param ids in the order of the list
   * @param read gives the batches of some of them in that order
   */
  BatchPieces(
      List<LotId> ids, Function<List<LotId>, Future<List<Batch>>> read, BatchDetail detail) {
    this.ids = ids;
    this.read = read;
    this.detail = detail;
  }

  @Override
  public Future<Optional<Buffer>> next() {
    if (over) {
      return Future.succeededFuture(Optional.empty());
    }
    return read.apply(ids.subList(written, Math.min(written + BATCHES, ids.size())))
        .map(found -> Optional.of(piece(found)));
  }

  private Buffer piece(List<Batch> batches) {
    Buffer piece = Buffer.buffer(written == 0 ? "{\"nodes\":[" : "");
    for (Batch batch : batches) {
      piece.appendString(written++ == 0 ? "" : ",");
      piece.appendBuffer(detail.write(JsonWriter.object(), batch).toBuffer());
    }
    over = written >= ids.size();
    return over ? piece.appendString("],\"total_count\":" + ids.size() + "}") : piece;
  }
}
