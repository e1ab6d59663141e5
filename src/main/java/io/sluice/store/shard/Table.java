package io.sluice.store.shard;

/**
 * A table of the schema.
 *
 * @param name as SQL writes it
 * @param wanted where its rows belong
 * @param found where they are
 */
record Table(String name, Placement wanted, Placement found) {
  boolean isLocal() {
    return found == Placement.LOCAL;
  }

  boolean isWhereItBelongs() {
    return found == wanted;
  }
}
