package io.sluice.store.orum;

import io.sluice.store.Pools;

/** The stores of what only the Orum dialect knows. */
public record OrumStores(
    CustomerStore customers,
    BookTransferListing transfers,
    ReportStore reports,
    WebhookStore webhooks) {
  public static OrumStores on(Pools pools) {
    return new OrumStores(
        new CustomerStore(pools),
        new BookTransferListing(pools),
        new ReportStore(pools),
        new WebhookStore(pools));
  }
}
