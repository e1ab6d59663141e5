package io.sluice.store.isometric;

import io.sluice.store.NamedTable;
import io.sluice.store.Pools;
import java.util.List;

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
  /** What an operator can look for; a batch is a lot, an order a holder, too. */
  public static final List<NamedTable> TABLES =
      List.of(
          NamedTable.of("project", "isometric_project", "short_code"),
          NamedTable.of("document", "isometric_project_document"),
          NamedTable.of("issuance", "isometric_issuance", "reference"),
          NamedTable.of("order", "isometric_order", "reference"));

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
