package io.sluice.store.seal;

import io.sluice.ledger.StoredTransfer;
import io.sluice.store.IndexOrder;
import java.util.List;
import java.util.UUID;

/**
 * From the lowest id to the highest, in the order of PostgreSQL.
 *
 * @param highest not before the lowest
 */
public record IdRange(UUID lowest, UUID highest) {
  static final UUID NONE = new UUID(0, 0);

  /** That of some transfers, one at least. */
  static IdRange of(List<StoredTransfer> transfers) {
    UUID lowest = transfers.getFirst().receipt().id().value();
    UUID highest = lowest;
    for (StoredTransfer transfer : transfers) {
      UUID id = transfer.receipt().id().value();
      lowest = isAfter(lowest, id) ? id : lowest;
      highest = isAfter(id, highest) ? id : highest;
    }
    return new IdRange(lowest, highest);
  }

  /** The shortest that has both in it. */
  IdRange and(IdRange other) {
    return new IdRange(earlier(lowest, other.lowest), later(highest, other.highest));
  }

  static boolean isAfter(UUID one, UUID other) {
    return IndexOrder.OF_UUIDS.compare(one, other) > 0;
  }

  static UUID later(UUID one, UUID other) {
    return isAfter(one, other) ? one : other;
  }

  static UUID earlier(UUID one, UUID other) {
    return isAfter(one, other) ? other : one;
  }
}
