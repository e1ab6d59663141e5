package io.sluice.store.isometric;

import io.sluice.store.Pools;

/** The stores of what only the Isometric dialect knows. */
public record IsometricStores(
    PartyStore parties,
    ProjectStore projects,
    DocumentStore documents,
    IssuanceStore issuances,
    BatchStore batches,
    TransfereeStore transferees,
    MovementListing movements,
    BeneficiaryStore beneficiaries,
    OrderStore orders) {
  public static IsometricStores on(Pools pools) {
    return new IsometricStores(
        new PartyStore(pools),
        new ProjectStore(pools),
        new DocumentStore(pools),
        new IssuanceStore(pools),
        new BatchStore(pools),
        new TransfereeStore(pools),
        new MovementListing(pools),
        new BeneficiaryStore(pools),
        new OrderStore(pools));
  }
}
