package io.sluice.store.orum;

import io.sluice.store.AccountHistory;
import io.sluice.store.NamedTable;
import io.sluice.store.Pools;
import java.util.List;

/** The stores of what only the Orum dialect knows. */
public record OrumStores(
    CustomerStore customers,
    BookTransferListing transfers,
    ReportStore reports,
    WebhookStore webhooks,
    AccountHistory history) {
  /** What an operator can look for. */
  public static final List<NamedTable> TABLES =
      List.of(
          NamedTable.of("customer", "orum_customer", "reference"),
          NamedTable.of("report", "orum_report"));

  public static OrumStores on(Pools pools) {
    return new OrumStores(
        new CustomerStore(pools),
        new BookTransferListing(pools),
        new ReportStore(pools),
        new WebhookStore(pools),
        new AccountHistory(pools));
  }
}
