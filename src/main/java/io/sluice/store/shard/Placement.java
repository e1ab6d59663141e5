package io.sluice.store.shard;

/** Where the rows of a table are. */
enum Placement {
  /** On the node where it was made. */
  LOCAL("on the coordinator alone"),

  /** By their tenants, each tenant's on one node, beside those of the other tables. */
  BY_TENANT("by tenant_id"),

  /** Copied to every node. */
  EVERYWHERE("on every node"),

  /** By another column, or not beside the others'. */
  OTHERWISE("otherwise");

  private final String words;

  Placement(String words) {
    this.words = words;
  }

  /** As in "holder is distributed …". */
  @Override
  public String toString() {
    return words;
  }
}
