package io.sluice.store.isometric;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Lists transfers between two organisations each, newest first. */
public final class TransferListing {
  // A transfer's accounts are in the order of its postings: the one sender, then for each batch the
  // one receiver.
  private static final String FILTERED =
      """
       FROM transfer
      WHERE tenant_id = $1 AND kind = $2 AND status = 0
        AND ($3::uuid IS NULL OR coalesce(debit_account, accounts[1]) = (
              SELECT number FROM account WHERE tenant_id = $1 AND account.id = $3))
        AND ($4::uuid IS NULL OR coalesce(credit_account, accounts[2]) = (
              SELECT number FROM account WHERE tenant_id = $1 AND account.id = $4))
      """;

  private static final String LIST =
      PgTransferStore.RECEIPT
          + " FROM (SELECT *"
          + FILTERED
          + " AND ($5::uuid IS NULL OR id %1$s $5) ORDER BY id %2$s LIMIT $6) t "
          + PgTransferStore.POSTINGS
          + " ORDER BY t.id %2$s";

  private static final String COUNT = "SELECT count(*) AS transfers" + FILTERED;

  private final Statements lists;

  /** Which transfers to list. */
  public record Filter(String kind, Optional<AccountId> from, Optional<AccountId> to) {}

  public TransferListing(Pools pools) {
    this.lists = pools.lists();
  }

  public Future<List<Receipt>> list(Filter filter, Window window) {
    return lists.all(
        window.descending(LIST),
        PgTransferStore::receipt,
        window.tenant().value(),
        filter.kind(),
        id(filter.from()),
        id(filter.to()),
        window.beyondOrNull(),
        (long) window.limit());
  }

  public Future<Long> count(TenantId tenant, Filter filter) {
    Function<Row, Long> number = row -> row.getLong("transfers");
    return lists
        .first(COUNT, number, tenant.value(), filter.kind(), id(filter.from()), id(filter.to()))
        .map(Optional::orElseThrow);
  }

  private static UUID id(Optional<AccountId> account) {
    return account.map(AccountId::value).orElse(null);
  }
}
