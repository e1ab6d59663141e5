package io.sluice.store.seal;

import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TenantId;
import io.sluice.seal.Hash;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The hashes of what this process has written lately and not sealed yet, so that it need not be
 * read back. Bounded: what comes takes the place of what was, and what is not here is read. For one
 * thread only.
 */
final class Contents {
  /**
   * More than are written in the time until they are sealed; a power of two. Each takes 48 bytes.
   */
  private static final int CAPACITY = 1 << 17;

  /** Places at which one may be, one after another. */
  private static final int WAYS = 8;

  /** No transfer has it. */
  private static final long FREE = 0;

  private final EntryText entries = new EntryText();
  private final long[] highs = new long[CAPACITY];
  private final long[] lows = new long[CAPACITY];
  private final byte[] hashes = new byte[CAPACITY * Hash.BYTES];

  /** Takes in what was committed. */
  void keep(TenantId tenant, List<StoredTransfer> transfers) {
    for (StoredTransfer transfer : transfers) {
      if (EntryText.canTell(transfer)) {
        keep(transfer.receipt().id().value(), entries.content(tenant, transfer));
      }
    }
  }

  private void keep(UUID id, Hash content) {
    int first = first(id);
    int place = first;
    for (int way = 0; way < WAYS; way++) {
      int next = (first + way) & (CAPACITY - 1);
      if (highs[next] == FREE || isAt(next, id)) {
        place = next;
        break;
      }
    }
    highs[place] = id.getMostSignificantBits();
    lows[place] = id.getLeastSignificantBits();
    System.arraycopy(content.toBytes(), 0, hashes, place * Hash.BYTES, Hash.BYTES);
  }

  /** Hands out the hash of what a transfer says, once. */
  Optional<Hash> take(UUID id) {
    int first = first(id);
    for (int way = 0; way < WAYS; way++) {
      int place = (first + way) & (CAPACITY - 1);
      if (isAt(place, id)) {
        highs[place] = FREE;
        return Optional.of(Hash.at(hashes, place * Hash.BYTES, Hash.BYTES));
      }
    }
    return Optional.empty();
  }

  private boolean isAt(int place, UUID id) {
    return highs[place] == id.getMostSignificantBits()
        && lows[place] == id.getLeastSignificantBits();
  }

  /** Ids begin with the time, so that the random bits at their end decide. */
  private static int first(UUID id) {
    long bits = id.getLeastSignificantBits();
    return (int) (bits ^ bits >>> Integer.SIZE) & (CAPACITY - 1);
  }
}
