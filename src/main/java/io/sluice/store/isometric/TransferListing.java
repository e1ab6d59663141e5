package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Lists transfers between two organisations each, newest first. */
public final class TransferListing {
  /** What receipts of transfers call themselves, as do the indexes that lists go along. */
  public static final String KIND = "isometric.transfer";

  private static final String OF_KIND =
      "FROM transfer WHERE tenant_id = $1 AND kind = '" + KIND + "' AND status = 0";

  private static final String NUMBER =
      " = (SELECT number FROM account WHERE tenant_id = $1 AND account.id = ?)";

  // A transfer's accounts are in the order of its postings: the one sender, then for each batch the
  // one receiver.
  private static final String FROM = "AND coalesce(debit_account, accounts[1])" + NUMBER;
  private static final String TO = "AND coalesce(credit_account, accounts[2])" + NUMBER;

  private final Statements lists;

  /** Which transfers to list. */
  public record Filter(Optional<AccountId> from, Optional<AccountId> to) {}

  public TransferListing(Pools pools) {
    this.lists = pools.lists();
  }

  public Future<List<Receipt>> list(Filter filter, Window window) {
    var query =
        new Query(PgTransferStore.RECEIPT + " FROM (SELECT * " + OF_KIND, window.tenant().value());
    window
        .cut(filtered(query, filter))
        .add(") t " + PgTransferStore.POSTINGS + " ORDER BY t.id " + window.way(false).order());
    return lists.all(query, PgTransferStore::receipt);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Filter filter) {
    return Counts.run(lists, filtered(Counts.of(OF_KIND, tenant.value()), filter));
  }

  private static Query filtered(Query query, Filter filter) {
    filter.from().ifPresent(account -> query.add(FROM, account.value()));
    filter.to().ifPresent(account -> query.add(TO, account.value()));
    return query;
  }
}
