package io.sluice.store.isometric;

import io.vertx.sqlclient.Pool;

/** The stores of what only the Isometric dialect knows. */
public record IsometricStores(
    PartyStore parties,
    ProjectStore projects,
    IssuanceStore issuances,
    BatchStore batches,
    TransfereeStore transferees,
    TransferListing transfers) {
  public static IsometricStores on(Pool pool) {
    return new IsometricStores(
        new PartyStore(pool),
        new ProjectStore(pool),
        new IssuanceStore(pool),
        new BatchStore(pool),
        new TransfereeStore(pool),
        new TransferListing(pool));
  }
}
