package io.sluice.store;

import java.util.Comparator;
import java.util.UUID;

/**
 * The order of {@code uuid} in PostgreSQL's indexes, which is not Java's. What goes to places all
 * over an index goes there in this order, as neighbours share the pages that lead to them.
 */
public final class IndexOrder {
  public static final Comparator<UUID> OF_UUIDS =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private IndexOrder() {}
}
