package io.sluice.store;

import java.util.Comparator;
import java.util.UUID;

/**
 * The order of {@code uuid} in PostgreSQL's indexes, which is not Java's. What goes to places all
 * over an index goes there in this order, as neighbours share the pages that lead to them.
 */
public final class IndexOrder {
  /** Without an object for a comparison: a batch makes thousands of them. */
  public static final Comparator<UUID> OF_UUIDS = IndexOrder::compare;

  private IndexOrder() {}

  private static int compare(UUID one, UUID other) {
    int order = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
